"""What people type about a patient."""
