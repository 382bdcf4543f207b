"""What the generic tests covered: one line each, printed at the end of the run."""

LIGNES: list[str] = []


def dire(ligne: str) -> None:
    if ligne not in LIGNES:
        LIGNES.append(ligne)
