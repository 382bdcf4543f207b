"""What the cleaners share: how a file is refused."""


class Refus(Exception):
    """Why the file is not taken, in French."""
