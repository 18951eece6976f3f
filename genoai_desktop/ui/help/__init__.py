"""The guide inside the program, and definitions of technical terms."""
