"""Views of the library, by subject."""
