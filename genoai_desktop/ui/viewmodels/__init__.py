"""What pages show, worked out without Qt."""
