"""Paroles: short stories of experience, told with the agreement of those whom they quote.

A story is written in its own columns; what the public reads is a copy (``Parole.publie``), made
when it is published and each time somebody agrees or not to be named. Nothing public reads the
columns.
"""
