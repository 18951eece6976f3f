"""Colours, type and spacing from one table."""
