"""The verbs of a plan: make it, explain it, forecast it, sign it, and learn from what came of it."""
