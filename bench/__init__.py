"""Measurements: each prints a ratio against a named yardstick taken in the same run; never a timed test."""
