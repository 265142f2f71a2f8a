"""Who read and wrote what: appended, chained, never changed."""
