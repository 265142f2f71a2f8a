"""What is injected: products, amounts that never mix, dilution, published doses, hazards."""
