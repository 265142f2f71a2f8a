"""Photographs with known truth: what the detectors make of them, and the gain table fitted to that."""
