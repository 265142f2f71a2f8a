"""The face that moves: forces of the muscles in, places of the mesh out."""
