"""How the addresses of the directory are filled.

``VALEURS`` gives the values of one parameter, by its name; ``REMPLISSEURS`` fills a whole pattern
when that is not enough: its key is the tuple of its parameters, preceded or not by its full name.
A parameter that designates an object ends with the state ``absent…``: an object that is not there.
"""

import uuid

from annuaire.sections_appel import PARCOURS as SECTIONS_D_APPEL
from annuaire.sections_de_profil import PARCOURS

ABSENT = uuid.UUID("00000000-0000-4000-8000-000000000000")


def _objets(nom: str):
    """Objects of ``monde.annuaire.<nom>``, by slug, uuid or key, as the pattern asks."""

    parametre = nom.removesuffix("s")

    def valeurs(monde, motif):
        genre = motif.genre(parametre)
        for etat, objet in getattr(monde.annuaire, nom).items():
            if genre == "slug" and objet.slug:
                yield etat, objet.slug
            elif genre in ("uuid", "str"):
                yield etat, _cle(objet)
            elif genre == "int":
                yield etat, objet.pk
        absent = {"slug": "n-existe-pas", "int": 999_999}
        yield "absent", absent.get(genre, ABSENT)

    return valeurs


def _cle(objet):
    """Its uuid, or that of the relation that it follows."""
    relation = getattr(objet, "relation", None)
    return getattr(objet, "uuid", None) or getattr(relation, "uuid", None) or objet.pk


def _liens(monde, motif):
    """Tokens of magic links."""
    yield from monde.annuaire.jetons.items()
    yield "absent", "n-importe-quoi"


def _sections_du_profil(monde, motif):
    for section in PARCOURS:
        yield section.code, {"section": section.code}
    yield "inconnue", {"section": "inconnue"}


def _sections_d_appel(monde, motif):
    appels = monde.annuaire.appels
    premiere = SECTIONS_D_APPEL[0].code
    for etat, appel in appels.items():
        sections = [s.code for s in SECTIONS_D_APPEL] if etat == "brouillon" else [premiere]
        for code in sections:
            suite = "" if code == premiere else f"/{code}"
            yield f"{etat}{suite}", {"appel": appel.uuid, "section": code}
    yield "brouillon/inconnue", {"appel": appels["brouillon"].uuid, "section": "inconnue"}
    yield "absent", {"appel": ABSENT, "section": premiere}


def _codes(monde, motif):
    """Codes printed on attestations."""
    yield "authentique", monde.annuaire.attestations["auteur"].code.code
    yield "absent", "0000-0000-0000-0000-0000"


def _a_signaler(monde, motif):
    """Something of each kind; a draft and a relation are not everybody's to see."""
    ici = monde.annuaire
    for genre, etat, cle in (
        ("appel", "ouvert", ici.appels["ouvert"].slug),
        ("structure", "publiee", ici.structures["publiee"].slug),
        ("offre", "ouverte", ici.offres["ouverte"].uuid),
        ("relation", "en_cours", ici.relations["en_cours"].uuid),
        ("message", "accordee", ici.messages["accordee_patient"].uuid),
    ):
        yield f"{genre}/{etat}", {"genre": genre, "cle": cle}
    yield "absent", {"genre": "relation", "cle": ABSENT}
    yield "absent/genre", {"genre": "inconnu", "cle": ABSENT}


VALEURS = {
    "structure": _objets("structures"),
    "appel": _objets("appels"),
    "offre": _objets("offres"),
    "sollicitation": _objets("sollicitations"),
    "relation": _objets("relations"),
    "mission": _objets("missions"),
    "ligne": _objets("lignes"),
    "rencontre": _objets("rencontres"),
    "attestation": _objets("attestations"),
    "code": _codes,
    "signalement": _objets("signalements"),
    "rattachement": _objets("rattachements"),
    "lien": _liens,
}


# --- Administration ------------------------------------------------------------------------------
def _structure_admin(monde, motif):
    for etat, structure in monde.annuaire.structures.items():
        yield etat, {"cle": structure.pk}
    yield "absente", {"cle": 999_999}


def _decision_sur_une_structure(monde, motif):
    structures = monde.annuaire.structures
    for etat, transition in (
        ("proposee", "publier"),
        ("proposee", "refuser"),
        ("publiee", "retirer"),
        ("publiee", "publier"),
        ("publiee", "fusionner"),
        ("publiee", "inconnue"),
    ):
        yield f"{etat}/{transition}", {"cle": structures[etat].pk, "transition": transition}
    yield "absente", {"cle": 999_999, "transition": "publier"}


def _decision_sur_un_profil(monde, motif):
    profils = monde.annuaire.profils
    for qui, transition in (
        ("auteur", "fermer"),
        ("auteur", "suspendre"),
        ("auteur", "lever_la_suspension"),
        ("ferme", "fermer"),
        ("auteur", "inconnue"),
    ):
        yield f"{qui}/{transition}", {"cle": profils[qui].pk, "transition": transition}
    yield "absent", {"cle": 999_999, "transition": "fermer"}


def _decision_sur_un_appel(monde, motif):
    appels = monde.annuaire.appels
    for etat, transition in (
        ("a_moderer", "publier"),
        ("a_moderer", "demander_complements"),
        ("a_moderer", "refuser"),
        ("ouvert", "sans_suite"),
        ("ouvert", "publier"),
        ("ouvert", "expirer"),
        ("brouillon", "publier"),
    ):
        yield f"{etat}/{transition}", {"cle": appels[etat].pk, "transition": transition}
    yield "absent/publier", {"cle": 999_999, "transition": "publier"}


def _decision_sur_une_offre(monde, motif):
    offres = monde.annuaire.offres
    for etat, transition in (
        ("a_moderer", "publier"),
        ("a_moderer", "demander_complements"),
        ("ouverte", "refuser"),
        ("ouverte", "publier"),
        ("ouverte", "retirer"),
        ("brouillon", "publier"),
    ):
        yield f"{etat}/{transition}", {"cle": offres[etat].pk, "transition": transition}
    yield "absente/publier", {"cle": 999_999, "transition": "publier"}


REMPLISSEURS = {
    ("annuaire:appel_section", "appel", "section"): _sections_d_appel,
    ("admin:annuaire_appel_decider", "cle", "transition"): _decision_sur_un_appel,
    ("admin:annuaire_offre_decider", "cle", "transition"): _decision_sur_une_offre,
    ("admin:annuaire_profil_decider", "cle", "transition"): _decision_sur_un_profil,
    ("annuaire:profil_section", "section"): _sections_du_profil,
    ("annuaire:signaler", "genre", "cle"): _a_signaler,
    ("admin:annuaire_structure_corriger", "cle"): _structure_admin,
    ("admin:annuaire_structure_fusionner", "cle"): _structure_admin,
    ("admin:annuaire_structure_decider", "cle", "transition"): _decision_sur_une_structure,
}
