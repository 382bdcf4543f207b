"""Plausible invented contents in quantity. Each subject has its file."""
