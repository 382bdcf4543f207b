"""Rules of publication: fixed before a consultation opens, frozen with it, printed beside results.

Stored as JSON in ``Consultation.regles``; what is not written takes the value of the method.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from hubpartenariat.socle.statistiques import RegleDAccord, Seuils

NON_REPRESENTATIF = (
    "Avis de {n} personnes volontaires : ce n’est pas un sondage représentatif. Une autre "
    "assemblée aurait pu dire autre chose."
)


@dataclass(frozen=True)
class Regles:
    """``duo``: codes of the two collèges of the gap plot. ``brouillons``: count unsent answers."""

    accord: RegleDAccord = field(default_factory=RegleDAccord)
    seuils: Seuils = field(default_factory=Seuils)
    brouillons: bool = False
    duo: tuple[str, str] | None = None

    @classmethod
    def de(cls, json: dict) -> "Regles":
        """From what is stored. ValueError, in French, when it makes no rule."""
        inconnues = set(json) - {"accord", "seuils", "brouillons", "duo"}
        if inconnues:
            raise ValueError(f"Règle inconnue : {', '.join(sorted(inconnues))}.")
        try:
            accord = RegleDAccord(
                **{
                    nom: int(valeur) if nom == "college_minimum" else Fraction(str(valeur)) / 100
                    for nom, valeur in json.get("accord", {}).items()
                }
            )
            seuils = Seuils(**{nom: int(v) for nom, v in json.get("seuils", {}).items()})
        except (TypeError, ValueError, ZeroDivisionError) as erreur:
            raise ValueError(
                "Ces seuils ne sont pas lisibles : des pourcentages de 0 à 100 pour les accords, "
                "des nombres entiers à partir de 2 pour les petits groupes."
            ) from erreur
        duo = json.get("duo")
        if duo is not None and (not isinstance(duo, list) or len(duo) != 2):
            raise ValueError("Les deux collèges comparés sont une liste de deux codes.")
        return cls(accord, seuils, bool(json.get("brouillons")), tuple(duo) if duo else None)

    def phrases(self) -> list[str]:
        """The rules in words, for the page of results, the documents and the methods."""
        return [
            *self.accord.phrases(),
            f"Un collège est montré à partir de {self.seuils.college} avis exprimés, une catégorie "
            f"de profil à partir de {self.seuils.categorie} ; ce qui permettrait de retrouver un "
            "groupe caché est caché avec lui.",
            "Une catégorie de profil trop petite est réunie aux autres de sa catégorie plus large, "
            "si le questionnaire lui en donne une ; sinon elle n’est vue que dans son collège ou "
            "dans l’ensemble.",
            "Les réponses commencées et jamais envoyées sont comptées."
            if self.brouillons
            else "Les réponses commencées et jamais envoyées ne sont pas comptées.",
        ]
