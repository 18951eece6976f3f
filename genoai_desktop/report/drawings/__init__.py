"""Drawings of chances as pure data: the page and the window draw the same shapes in the same places."""
