"""What the pages of plans write."""
