"""What the points of a mesh mean. Nothing outside this folder knows a landmark index."""
