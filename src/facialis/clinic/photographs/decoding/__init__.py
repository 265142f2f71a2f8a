"""From an uploaded file, which may be hostile, to a clean JPEG: in a process that can only fail alone."""
