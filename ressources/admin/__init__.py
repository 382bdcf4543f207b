"""The library for the team of the hub. Each subject has its file."""

from ressources.admin import agenda, bibliotheque, paroles

__all__ = ["agenda", "bibliotheque", "paroles"]
