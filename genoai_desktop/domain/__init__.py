"""What a case is. Frozen dataclasses, enums and errors; standard library only."""
