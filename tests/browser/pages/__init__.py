"""The clinic's pages as a person uses them, with a mouse, with fingers, or with the keyboard alone."""
