"""A plan on a face: numbered circles whose area is the dose, on a diagram or on a photograph."""
