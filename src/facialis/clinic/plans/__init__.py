"""Plans: proposed, edited on the face, checked, signed."""
