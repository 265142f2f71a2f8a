"""From a patient's case to a plan: indication, safety, limits, doses and dates."""
