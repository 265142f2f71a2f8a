"""What is known of a patient; a case that contradicts itself cannot be made."""
