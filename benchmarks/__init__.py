"""Claims of accuracy and speed, each a script."""
