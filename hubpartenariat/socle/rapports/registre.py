"""Which reports exist, of which chapters; the assembly of one for a territory and a date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hubpartenariat.socle.vocabulaires import Departement

REGION = "region"
TERRITOIRES = {REGION: "Île-de-France", **dict(Departement.choices)}


class PorteeIllisible(ValueError):
    """Parameters that mean nothing. ``str()`` says which and why, in French."""


@dataclass(frozen=True)
class Portee:
    """What a report looks at: a territory (a département or the region), the year up to a day."""

    territoire: str
    au: date

    @property
    def du(self) -> date:
        return date(self.au.year, 1, 1)

    @property
    def nom(self) -> str:
        return TERRITOIRES[self.territoire]

    @property
    def regionale(self) -> bool:
        return self.territoire == REGION

    @property
    def dans(self) -> str:
        """« en Île-de-France », « dans le département : Essonne »."""
        return "en Île-de-France" if self.regionale else f"dans le département {self.nom}"

    @classmethod
    def lire(cls, parametres: dict) -> "Portee":
        """From the parameters of a document; raises PorteeIllisible."""
        territoire = str(parametres.get("territoire") or REGION)
        if territoire not in TERRITOIRES:
            raise PorteeIllisible(f"« {territoire[:40]} » n’est pas un territoire connu.")
        try:
            au = date.fromisoformat(str(parametres["au"]))
        except (KeyError, ValueError) as erreur:
            raise PorteeIllisible("La date s’écrit comme 2026-12-31.") from erreur
        return cls(territoire, au)

    def parametres(self) -> dict:
        return {"territoire": self.territoire, "au": self.au.isoformat()}


@dataclass(frozen=True)
class Rapport:
    """A report. ``permission``: who may read it live; None for everybody.

    ``base(portee)`` says in words what was counted; ``methode`` how.
    """

    code: str  # a word of the public addresses
    titre: str
    sur_titre: str
    resume: str
    methode: str
    base: Callable[[Portee], str]
    permission: str | None = None
    periodique: bool = False  # tells a year, rather than a state
    version: int = 2  # of its chapters: raise it when the same data should look otherwise

    def lisible_par(self, personne) -> bool:
        if self.permission is None:
            return True
        return personne.is_authenticated and personne.has_perm(self.permission)


@dataclass(frozen=True)
class Chapitre:
    """``donnees(portee)`` gives the blocks; none when there is nothing to say, then it is left
    out."""

    cle: str
    titre: str
    rapports: dict[str, int]  # report → rank in it
    donnees: Callable[[Portee], list[dict]]
    page: bool = False  # begins on a page of its own


# (reports, whether invented rows are counted in them for this territory and this day)
_EXEMPLES: list[tuple[frozenset[str], Callable[[Portee], bool]]] = []
_RAPPORTS: dict[str, Rapport] = {}
_CHAPITRES: dict[str, Chapitre] = {}


def declarer(rapport: Rapport) -> Rapport:
    """Make a report known, and its document with it."""
    from hubpartenariat.socle.documents import GENRES
    from hubpartenariat.socle.rapports.publication import GenreRapport

    _RAPPORTS[rapport.code] = rapport
    genre = GenreRapport(rapport)
    GENRES[genre.code] = genre
    return rapport


def rapports() -> dict[str, Rapport]:
    return _RAPPORTS


def chapitre(cle: str, titre: str, dans: dict[str, int], *, page: bool = False):
    """Register ``fonction(portee)`` as a chapter of the reports ``dans`` ({code: rank})."""

    def enregistrer(fonction):
        _CHAPITRES[cle] = Chapitre(cle, titre, dans, fonction, page)
        return fonction

    return enregistrer


def exemples_dans(*codes: str):
    """Register ``fonction(portee)``: are rows invented for the demonstration counted in the
    reports ``codes``? A report that counts some says so on its cover and on its page."""

    def enregistrer(fonction):
        _EXEMPLES.append((frozenset(codes), fonction))
        return fonction

    return enregistrer


def contient_des_exemples(rapport: Rapport, portee: Portee) -> bool:
    return any(dire(portee) for codes, dire in _EXEMPLES if rapport.code in codes)


def assembler(rapport: Rapport, portee: Portee) -> dict:
    """Everything that the report shows, as plain JSON."""
    voulus = [c for c in _CHAPITRES.values() if rapport.code in c.rapports]
    chapitres = []
    for un in sorted(voulus, key=lambda c: (c.rapports[rapport.code], c.cle)):
        if blocs := un.donnees(portee):
            chapitres.append({"cle": un.cle, "titre": un.titre, "page": un.page, "blocs": blocs})
    periode = f"Du 1er janvier au {_jour(portee.au)}" if rapport.periodique else ""
    return {
        "rapport": rapport.code,
        "titre": rapport.titre,
        "sur_titre": rapport.sur_titre,
        "perimetre": portee.nom,
        "territoire": portee.territoire,
        "date": portee.au.isoformat(),
        "periode": periode,
        "filtres": [] if portee.regionale else [f"Département : {portee.nom}"],
        "base": rapport.base(portee),
        "edition": "Document de travail, non numéroté",
        "version": rapport.version,
        "exemple": contient_des_exemples(rapport, portee),
        "methode": rapport.methode,
        "chapitres": chapitres,
    }


def _jour(quand: date) -> str:
    from hubpartenariat.socle.templatetags.pdf import jour

    return jour(quand.isoformat())
