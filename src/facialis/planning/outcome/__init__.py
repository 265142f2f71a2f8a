"""What a plan is judged by: terms of asymmetry, synkinesis, tightness and lost function."""
