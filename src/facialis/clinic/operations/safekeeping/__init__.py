"""Backups: one sealed file that holds the whole clinic, and back again."""
