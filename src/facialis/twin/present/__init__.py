"""What the muscles of one face do now, whatever brought them there: the state that is estimated."""
