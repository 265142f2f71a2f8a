"""Pages of measures, points and synkinesis."""
