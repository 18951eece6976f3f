"""GenoAI Desktop: offline decision support for genetic counselors."""

__version__ = "0.1.0"
