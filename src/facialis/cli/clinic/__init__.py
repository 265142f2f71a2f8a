"""The verbs that run the clinic and keep its records safe."""
