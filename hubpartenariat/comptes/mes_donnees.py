"""Everything held about one person: a page to read, a copy to keep. Both read the registry.

A row may speak of two people (a mise en relation has two sides): of each row only the fields that
this person may read are told.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst

from hubpartenariat.socle.registre import (
    Cercle,
    Classe,
    Declaration,
    Effacement,
    declarations,
    lignes_de,
)

MONTREES = 20  # rows of one kind on the page; the copy holds them all
CACHEE = "Gardé secret, et montré à personne."


@dataclass(frozen=True)
class Donnee:
    """One field of one row, in words."""

    libelle: str
    valeur: str
    qui: str  # who sees it


@dataclass(frozen=True)
class Ligne:
    """One row about the person."""

    titre: str
    donnees: list[Donnee]
    corriger: str | None


@dataclass(frozen=True)
class Rubrique:
    """What is held for one purpose in one model."""

    titre: str
    declaration: Declaration
    lignes: list[Ligne]
    reste: int

    @property
    def au_depart(self) -> str:
        d = self.declaration
        if d.effacement == Effacement.SUPPRIMER:
            return "Effacé à votre départ."
        return d.pourquoi


def rubriques(personne, *, toutes: bool = False) -> Iterator[Rubrique]:
    """Everything, purpose after purpose; ``toutes``: every row, for the copy."""
    for declaration, objets in lignes_de(personne):
        retenus = objets if toutes else objets[:MONTREES]
        yield Rubrique(
            capfirst(str(declaration.modele._meta.verbose_name_plural)),
            declaration,
            [_ligne(declaration, objet, personne) for objet in retenus],
            len(objets) - len(retenus),
        )


def _ligne(declaration: Declaration, objet, personne) -> Ligne:
    donnees = []
    for nom, groupe in declaration.par_champ.items():
        champ = declaration.modele._meta.get_field(nom)
        cercles = declaration.cercles_de(objet, nom)
        if groupe.classe == Classe.INTERNE:
            if not _parlant(champ):
                continue
        elif cercles == (Cercle.PERSONNE,):
            donnees.append(Donnee(_libelle(champ), CACHEE, ""))
            continue
        elif not _lisible(declaration, objet, nom, personne, cercles):
            continue
        if valeur := en_mots(objet, champ, personne):
            donnees.append(Donnee(_libelle(champ), valeur, qui_voit(cercles)))
    lien = declaration.corriger(objet) if declaration.corriger else None
    return Ligne(_titre(objet, personne), donnees, lien)


def _lisible(declaration, objet, nom, personne, cercles) -> bool:
    if Cercle.TOUS in cercles or Cercle.MEMBRES in cercles:
        return True
    return personne.pk in declaration.comptes_de(objet, nom)


def _parlant(champ) -> bool:
    """States, dates and choices; never keys nor tokens."""
    return bool(champ.choices) or isinstance(champ, (models.DateField, models.BooleanField))


def _libelle(champ) -> str:
    return capfirst(str(champ.verbose_name))


def _titre(objet, personne) -> str:
    """What the row is, without naming anybody else."""
    meta = objet._meta
    if objet == personne:
        return "Votre compte"
    return f"{capfirst(str(meta.verbose_name))} {_numero(objet)}".strip()


def _numero(objet) -> str:
    dates = ("cree_le", "creee_le", "donne_le", "quand", "created_at", "action_time")
    quand = next((v for nom in dates if (v := getattr(objet, nom, None))), None)
    return f"du {_date(quand)}" if quand else ""


def _date(valeur) -> str:
    if isinstance(valeur, datetime):
        return f"{timezone.localtime(valeur):%d/%m/%Y}"
    return f"{valeur:%d/%m/%Y}"


def qui_voit(cercles) -> str:
    """The circles in French: « vous, l’équipe de l’appel »."""
    dits = [c for c in Cercle if c in cercles and c != Cercle.PERSONNE]
    if Cercle.TOUS in dits:
        return Cercle.TOUS.label
    return ", ".join(str(c.label) for c in dits)


def en_mots(objet, champ, personne) -> str:
    """The value of a field as a person reads it; an account is « vous » or somebody else."""
    if champ.many_to_many:
        return ""
    if champ.is_relation:
        lie = getattr(objet, champ.name)
        if isinstance(lie, get_user_model()):
            return "vous" if lie == personne else "une autre personne"
        return str(lie) if lie is not None else ""
    valeur = getattr(objet, champ.name)
    if valeur in (None, "", [], {}):
        return ""
    if champ.choices:
        return str(getattr(objet, f"get_{champ.name}_display")())
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, (date, datetime)):
        return _date(valeur)
    if isinstance(valeur, list):
        noms = dict(getattr(getattr(champ, "base_field", None), "choices", None) or ())
        return ", ".join(
            _json(v) if isinstance(v, (dict, list)) else str(noms.get(v, v)) for v in valeur
        )
    if isinstance(valeur, dict):
        return _json(valeur)
    return str(valeur)


def _json(valeur) -> str:
    return json.dumps(valeur, ensure_ascii=False, cls=DjangoJSONEncoder)


# --- The copy ------------------------------------------------------------------------------
def copie(personne) -> bytes:
    """A ZIP: ``donnees.json`` and the files (documents that this person asked for)."""
    contenu = {
        "fait_le": timezone.now(),
        "compte": personne.email,
        "donnees": [
            {
                "quoi": r.titre,
                "finalite": r.declaration.finalite,
                "conservation": r.declaration.conservation,
                "a_votre_depart": r.au_depart,
                "lignes": [
                    {"titre": li.titre}
                    | {
                        d.libelle: {"valeur": d.valeur, "qui_voit": d.qui or "vous"}
                        for d in li.donnees
                    }
                    for li in r.lignes
                ],
            }
            for r in rubriques(personne, toutes=True)
        ],
    }
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        texte = json.dumps(contenu, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
        archive.writestr("donnees.json", texte)
        for nom, chemin in _fichiers(personne):
            archive.write(chemin, nom)
    return tampon.getvalue()


def _fichiers(personne):
    for declaration in declarations():
        if declaration.fichiers:
            yield from declaration.fichiers(personne)
