"""Points in, signed measures out. Pure: no files, no clock, no image."""
