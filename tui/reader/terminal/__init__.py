"""The terminal: what it can do, what it sends, and what it shows."""
