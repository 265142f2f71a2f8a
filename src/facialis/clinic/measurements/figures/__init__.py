"""What is drawn over photographs and beside them, as plain shapes for templates."""
