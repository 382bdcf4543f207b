"""What a list, its map and its facets count, in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chose:
    """One kind of thing: « 3 structures », « aucun appel »."""

    singulier: str
    pluriel: str
    feminin: bool = True

    @property
    def une(self) -> str:
        return f"{'une' if self.feminin else 'un'} {self.singulier}"

    @property
    def aucune(self) -> str:
        return f"{'aucune' if self.feminin else 'aucun'} {self.singulier}"

    def mot(self, nombre: int) -> str:
        """The noun alone; in French zero is singular."""
        return self.pluriel if nombre >= 2 else self.singulier

    def compte(self, nombre: int) -> str:
        """ "aucune fiche", "1 fiche", "12 345 fiches" with a narrow no-break space."""
        if nombre == 0:
            return self.aucune
        return f"{nombre:,}".replace(",", "\u202f") + f" {self.mot(nombre)}"


FICHES = Chose("fiche", "fiches")
