"""Keeping the clinic running: serving, health, backup and restoring, the demonstration."""
