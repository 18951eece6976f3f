"""The locus view: what it draws and how."""
