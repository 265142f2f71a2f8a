"""Patients: who they are, what is known of their health, their palsy and their wishes."""
