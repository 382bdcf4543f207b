"""The browser sees the same world as the generic tests."""

from tests.generiques.conftest import monde

__all__ = ["monde"]
