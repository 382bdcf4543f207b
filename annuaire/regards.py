"""Who sees what of a profile: the only reader for anybody but its owner.

For each attribute the owner chooses a ``Regard``; what they did not choose has its closed default.
Every page, mail and export that shows a profile to somebody asks ``attributs_vus`` (and
``coordonnees`` after the double agreement); the matching reads ``criteres`` and nothing else.
"""

from typing import NamedTuple

from annuaire.enums import (
    Cercle,
    Disponibilite,
    EtatProfil,
    Experience,
    FormationSuivie,
    Mission,
    Regard,
)
from hubpartenariat.comptes.consentements import Finalite, actif
from hubpartenariat.socle.territoire import cle_de_nom
from hubpartenariat.socle.vocabulaires import Domaine, Statut, Territoire

A_DISTANCE = "À distance aussi"


class Attribut(NamedTuple):
    """Something that a profile says. ``sante``: it may reveal an illness or a handicap."""

    nom: str
    libelle: str
    sante: bool = False
    vocabulaire: type | None = None
    apparie: bool = False  # does the matching compare it?
    avec: tuple[str, ...] = ()  # other columns that follow its Regard


ATTRIBUTS = {
    attribut.nom: attribut
    for attribut in (
        Attribut("appellation", "Comment je me nomme"),
        Attribut("experience", "Mon expérience", vocabulaire=Experience),
        Attribut("formations", "Mes formations", vocabulaire=FormationSuivie),
        Attribut("association", "Mon association"),
        Attribut("langues", "Les langues que je parle"),
        Attribut("savoirs", "Ce que je sais de l’avoir vécu", sante=True),
        Attribut("themes", "Thèmes ou maladies", sante=True, apparie=True),
        Attribut("amenagements", "Handicap, aménagements utiles", sante=True),
        Attribut("domaines", "Domaines", vocabulaire=Domaine, apparie=True),
        Attribut("missions", "Missions", vocabulaire=Mission, apparie=True),
        Attribut("souhaits", "Mes souhaits"),
        Attribut("reconnaissance", "Reconnaissance souhaitée", vocabulaire=Statut),
        Attribut("territoires", "Où", vocabulaire=Territoire, apparie=True, avec=("a_distance",)),
        Attribut("disponibilites", "Quand", vocabulaire=Disponibilite, apparie=True),
        Attribut("contraintes", "Mes contraintes"),
    )
}
SANTE = frozenset(nom for nom, attribut in ATTRIBUTS.items() if attribut.sante)
# Which choices of the owner open an attribute to each circle. Before the double agreement a team
# reads a pseudonym and a motivation, whatever was chosen; the Pôle ETP never needs attributes.
OUVRENT = {
    Cercle.VISITEUR: frozenset(),
    Cercle.MEMBRE: frozenset({Regard.MEMBRES}),
    Cercle.EQUIPE: frozenset(),
    Cercle.ACCORD: frozenset({Regard.ACCORD, Regard.MEMBRES}),
    Cercle.POLE: frozenset(),
}


class AttributVu(NamedTuple):
    """One attribute as somebody else reads it."""

    nom: str
    libelle: str
    valeur: str


def defaut(attribut: str) -> Regard:
    """What stands as long as the owner has not chosen."""
    return Regard.APPARIEMENT if ATTRIBUTS[attribut].sante else Regard.ACCORD


def regard(profil, attribut: str) -> Regard:
    """What the owner chose for this attribute; an unreadable choice counts as none."""
    choisi = (profil.visibilites or {}).get(attribut)
    return Regard(choisi) if choisi in Regard.values else defaut(attribut)


def utilisable(profil, attribut: str) -> bool:
    """May the matching and the counts use this attribute?"""
    return regard(profil, attribut) != Regard.JAMAIS


def montrable(profil) -> bool:
    """May anything of this profile be shown: open, and its owner agrees to it today.

    At most one query; none when the queryset was read ``with_consentement``.
    """
    if profil.etat != EtatProfil.ACTIF:
        return False
    lu = profil.__dict__.get("consent_a_l_appariement")
    return actif(profil.personne_id, Finalite.APPARIEMENT) if lu is None else lu


def attributs_vus(profil, cercle, *, comme_ouvert: bool = False) -> list[AttributVu]:
    """What somebody of ``cercle`` reads of ``profil``, in the order of the form.

    ``comme_ouvert``: as if the profile were open, for the preview of its owner.
    """
    ouvrent = OUVRENT[Cercle(cercle)]
    if not ouvrent or not (comme_ouvert or montrable(profil)):
        return []
    vus = []
    for nom, attribut in ATTRIBUTS.items():
        if regard(profil, nom) in ouvrent and (valeur := en_mots(profil, nom)):
            vus.append(AttributVu(nom, attribut.libelle, valeur))
    return vus


def coordonnees(profil, *, comme_ouvert: bool = False) -> list[AttributVu]:
    """Name and contact, for the team after the double agreement only: the caller has checked it.

    The e-mail address only if its owner shares it; the name that the account shows, if any (and
    never the address in its place). Nothing once the profile is closed.
    """
    if not (comme_ouvert or profil.etat == EtatProfil.ACTIF):
        return []
    personne = profil.personne
    donnees = [
        ("nom", "Nom", personne.nom),
        ("courriel", "Adresse e-mail", personne.email if profil.partage_courriel else ""),
        ("telephone", "Téléphone", profil.telephone),
    ]
    return [AttributVu(*donnee) for donnee in donnees if donnee[2]]


def en_mots(profil, nom: str) -> str:
    """The value of an attribute in words, "" when it says nothing."""
    valeur, attribut = getattr(profil, nom), ATTRIBUTS[nom]
    libelles = dict(attribut.vocabulaire.choices) if attribut.vocabulaire else {}
    if isinstance(valeur, (list, tuple)):
        mots = [str(libelles.get(code, code)) for code in valeur]
        if nom == "territoires" and profil.a_distance:
            mots.append(A_DISTANCE)
        return ", ".join(mots)
    return str(libelles.get(valeur, valeur)).strip()


# --- For the matching -------------------------------------------------------------------------
def plier(texte: str) -> str:
    """A theme as the matching compares it: « Insuffisance rénale » → "insuffisance renale"."""
    return cle_de_nom(texte)


def criteres(profil) -> dict:
    """What the matching may compare: only from attributes whose Regard is not « jamais »."""

    def permis(nom, sinon=()):
        return getattr(profil, nom) if utilisable(profil, nom) else sinon

    themes = (plier(theme) for theme in permis("themes"))
    return {
        "domaines": list(permis("domaines")),
        "territoires": list(permis("territoires")),
        "themes": list(dict.fromkeys(theme for theme in themes if theme)),
        "missions": list(permis("missions")),
        "disponibilites": list(permis("disponibilites")),
        "a_distance": bool(utilisable(profil, "territoires") and profil.a_distance),
    }


# The columns from which ``criteres`` is derived.
SOURCES = frozenset(
    {"visibilites", "a_distance", *(nom for nom, attribut in ATTRIBUTS.items() if attribut.apparie)}
)
