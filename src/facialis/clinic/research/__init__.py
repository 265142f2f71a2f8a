"""What a researcher sees: measures and treatments without names and dates."""
