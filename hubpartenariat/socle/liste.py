"""What an address asks of a list: read strictly, written back in one canonical order."""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import quote_plus

from django.http import QueryDict

from hubpartenariat.socle.indexation import Facette, Index

TRIS = {"recentes": "Par date", "titre": "Par titre", "pertinence": "Par pertinence"}
LONGUEUR_DE_RECHERCHE = 200
_INVISIBLES = re.compile(r"[\x00-\x1f\x7f]+")


class DemandeIllisible(Exception):
    """A parameter that means nothing. ``str()`` says which and why, in French."""


@dataclass(frozen=True)
class Demande:
    """Filters, order and page of a list. ``choix`` follows the order of the facets."""

    index: Index
    choix: dict[str, tuple[str, ...]] = field(default_factory=dict)
    q: str = ""
    lieu: str = ""
    page: int = 1
    tri: str = ""

    @classmethod
    def lire(cls, index: Index, parametres: QueryDict) -> "Demande":
        """Read the address. Unknown keys are left alone, empty values count as absent."""
        choix = {}
        for facette in index.facettes:
            demandes = {valeur for valeur in parametres.getlist(facette.nom) if valeur}
            if inconnus := demandes.difference(facette.codes):
                raise DemandeIllisible(
                    f"« {_court(min(inconnus))} » n’est pas une valeur connue de "
                    f"« {facette.libelle} »."
                )
            if demandes:
                choix[facette.nom] = tuple(code for code in facette.codes if code in demandes)
        q = sans_invisibles(parametres.get("q", ""))
        if len(q) > LONGUEUR_DE_RECHERCHE:
            raise DemandeIllisible(
                f"La recherche compte {LONGUEUR_DE_RECHERCHE} caractères au plus."
            )
        tri = parametres.get("tri", "")
        if tri and tri not in TRIS:
            raise DemandeIllisible(f"« {_court(tri)} » n’est pas un ordre connu.")
        lieu = parametres.get("commune", "").strip()
        if lieu and not re.fullmatch(r"[0-9]{5}", lieu):
            raise DemandeIllisible(f"« {_court(lieu)} » n’est pas le code d’une commune.")
        demande = cls(index, choix, q, lieu, _page(parametres.get("page", "")), tri)
        return demande if tri != demande.tri_par_defaut else demande.avec(tri="")

    @property
    def tri_par_defaut(self) -> str:
        return "pertinence" if self.q else "recentes"

    @property
    def ordre(self) -> str:
        """The order in force: the one asked, or the natural one."""
        return self.tri or self.tri_par_defaut

    @property
    def filtree(self) -> bool:
        return bool(self.choix or self.q or self.lieu)

    def avec(self, **champs) -> "Demande":
        return replace(self, **champs)

    def a_la_page(self, page: int) -> "Demande":
        return replace(self, page=page)

    def bascules(self, facette: Facette) -> dict[str, str]:
        """For each code, the address of the same list with it chosen, or not any more."""
        avant, apres = [], []
        rang = {f.nom: n for n, f in enumerate(self.index.facettes)}
        for nom, morceau in self.avec(page=1).morceaux():
            cote = avant if nom == "q" or rang.get(nom, 99) < rang[facette.nom] else apres
            if nom != facette.nom:
                cote.append(morceau)
        actuels = self.choix.get(facette.nom, ())
        adresses = {}
        for code in facette.codes:
            voulus = [c for c in facette.codes if (c in actuels) != (c == code)]
            texte = "&".join([*avant, *(f"{facette.nom}={c}" for c in voulus), *apres])
            adresses[code] = f"?{texte}" if texte else ""
        return adresses

    def remplacant(self, facette: str, codes) -> "Demande":
        """The same list with exactly these codes for this facet."""
        choix = {}
        for f in self.index.facettes:
            voulus = codes if f.nom == facette else self.choix.get(f.nom, ())
            if ordonnes := tuple(code for code in f.codes if code in voulus):
                choix[f.nom] = ordonnes
        return replace(self, choix=choix, page=1)

    def morceaux(self) -> list[tuple[str, str]]:
        """(key, "key=value&key=value") in canonical order, empty ones left out."""
        morceaux = [("q", f"q={quote_plus(self.q)}")] if self.q else []
        for nom, codes in self.choix.items():
            morceaux.append((nom, "&".join(f"{nom}={code}" for code in codes)))
        if self.lieu:
            morceaux.append(("commune", f"commune={self.lieu}"))
        if self.tri:
            morceaux.append(("tri", f"tri={self.tri}"))
        if self.page > 1:
            morceaux.append(("page", f"page={self.page}"))
        return morceaux

    @property
    def adresse(self) -> str:
        """The query string, "?" included; empty for the whole list."""
        texte = "&".join(morceau for _, morceau in self.morceaux())
        return f"?{texte}" if texte else ""


def _page(texte: str) -> int:
    if not texte:
        return 1
    if not re.fullmatch(r"[1-9][0-9]{0,6}", texte):
        raise DemandeIllisible(f"« {_court(texte)} » n’est pas un numéro de page.")
    return int(texte)


def sans_invisibles(texte: str) -> str:
    """Without control characters (NUL among them, which PostgreSQL refuses) nor outer spaces."""
    return _INVISIBLES.sub(" ", texte).strip()


def _court(texte: str) -> str:
    """User text as it can be quoted back: visible, and not too long."""
    visible = sans_invisibles(texte)
    return visible if len(visible) <= 40 else f"{visible[:40]}…"
