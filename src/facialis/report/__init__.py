"""What was measured, as JSON, CSV, text, picture and page."""
