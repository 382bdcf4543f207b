"""Documents of the consultations: read at start, registered by their file."""

from consultation import documents

__all__ = ["documents"]
