"""Parameters of the twin; each table has its passport beside it."""
