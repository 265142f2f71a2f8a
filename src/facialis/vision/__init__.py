"""The edge that sees: images to named points, capture quality, synthetic faces."""
