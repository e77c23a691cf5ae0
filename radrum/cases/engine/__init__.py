"""Thinking without a database: what a text still names, and what a file really is."""
