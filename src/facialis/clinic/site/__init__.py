"""The shell around every page: layout, home, errors, health."""
