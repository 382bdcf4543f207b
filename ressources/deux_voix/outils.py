"""The two tools: their criteria, the answers that they take, in the words of their sources."""

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings

from hubpartenariat.socle.vocabulaires import CHECK_LIST_HAS, Besoin, ReponseCheckList
from ressources.enums import OutilADeuxVoix

SANS_OBJET = "so"
CRITERES_DU_BAROMETRE = Path(settings.BASE_DIR) / "fixtures" / "referentiels" / "barometre.csv"
DOMAINES = {
    "co_expression": "S’exprimer ensemble",
    "co_decision": "Décider ensemble",
    "co_construction": "Construire ensemble",
    "co_mise_en_oeuvre": "Mettre en œuvre ensemble",
}
NIVEAUX = (
    ("0", "0 : pas fait ensemble"),
    ("1", "1 : information, l’autre est tenu au courant"),
    ("2", "2 : consultation, l’avis de l’autre est demandé"),
    ("3", "3 : participation, l’autre fait avec"),
    ("4", "4 : partenariat, tout se décide à deux"),
    (SANS_OBJET, "Sans objet pour ce projet"),
)


@dataclass(frozen=True)
class Critere:
    """One thing asked; ``besoin`` is the code under which help is found (socle/aides.py)."""

    numero: int
    texte: str
    besoin: str
    domaine: str = ""


@dataclass(frozen=True)
class Outil:
    """What a tool asks, and of whom it comes."""

    code: OutilADeuxVoix
    adresse: str  # word of its addresses
    titre: str
    chapeau: str
    source: str
    criteres: tuple[Critere, ...]
    choix: tuple[tuple[str, str], ...]
    court: dict[str, str]  # a code as a cell of a table says it

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(code for code, _ in self.choix)

    @property
    def note(self) -> bool:
        """Are its answers levels, which can be subtracted?"""
        return self.code == OutilADeuxVoix.BAROMETRE

    def critere(self, numero: int) -> Critere:
        return self.criteres[numero - 1]


_BESOINS_DU_BAROMETRE = {
    "co_expression": Besoin.ECHANGES,
    "co_decision": Besoin.GOUVERNANCE,
    "co_construction": Besoin.ROLES,
    "co_mise_en_oeuvre": Besoin.OUTILS,
}
_BESOINS_DE_LA_CHECK_LIST = (
    Besoin.DEMARRAGE,
    Besoin.MISE_EN_LIEN,
    Besoin.GOUVERNANCE,
    Besoin.GOUVERNANCE,
    Besoin.CADRE,
    Besoin.ROLES,
    Besoin.GOUVERNANCE,
    Besoin.EVALUATION,
    Besoin.RECONNAISSANCE,
    Besoin.EVALUATION,
)


def _criteres_du_barometre() -> tuple[Critere, ...]:
    with CRITERES_DU_BAROMETRE.open(encoding="utf-8", newline="") as fichier:
        return tuple(
            Critere(
                int(ligne["numero"]),
                ligne["critere"],
                Besoin.EVALUATION
                if ligne["critere"].startswith("Évaluer")
                else _BESOINS_DU_BAROMETRE[ligne["domaine"]],
                DOMAINES[ligne["domaine"]],
            )
            for ligne in csv.DictReader(fichier)
        )


BAROMETRE = Outil(
    code=OutilADeuxVoix.BAROMETRE,
    adresse="barometre",
    titre="Baromètre croisé",
    chapeau="Onze façons de faire ensemble, notées de 0 à 4 par chaque côté sans voir l’autre. "
    "Les écarts disent de quoi parler.",
    source="Critères et niveaux : baromètre de la relation du partenariat en santé, "
    "association Savoirs Patients. La répartition par domaine est la nôtre.",
    criteres=_criteres_du_barometre(),
    choix=NIVEAUX,
    court={**{str(n): str(n) for n in range(5)}, SANS_OBJET: "sans objet"},
)
CHECK_LIST = Outil(
    code=OutilADeuxVoix.CHECK_LIST,
    adresse="check-list",
    titre="Check-list à deux voix",
    chapeau="Dix critères de qualité, auxquels un professionnel et un patient partenaire "
    "répondent chacun une fois. Chaque désaccord devient une question à se poser.",
    source="Critères : Haute Autorité de santé, guide « Partenariat en santé et patients "
    "partenaires », mai 2026, tableau 8. Réponses auto-déclarées : ce n’est pas un label.",
    criteres=tuple(
        Critere(int(numero), texte, besoin)
        for (numero, texte), besoin in zip(
            CHECK_LIST_HAS.items(), _BESOINS_DE_LA_CHECK_LIST, strict=True
        )
    ),
    choix=tuple(ReponseCheckList.choices),
    court=dict(ReponseCheckList.choices),
)
OUTILS = {str(outil.code): outil for outil in (BAROMETRE, CHECK_LIST)}
