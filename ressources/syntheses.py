"""Documents made from the library and its tools: read at start, registered by their own files."""

from ressources.deux_voix import documents

__all__ = ["documents"]
