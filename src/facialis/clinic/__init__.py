"""The clinic: the Django project, one application for each noun of the work."""
