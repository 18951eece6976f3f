"""The pedigree editor: a scene drawn from the report's one description, and a panel for the details."""
