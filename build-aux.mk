# Helper targets (format, lint, sanitize ...).
