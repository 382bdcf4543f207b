"""People, structures and appels of the tests of mise en relation; no page, no transition."""

import itertools

from django.utils import timezone

from annuaire.models import Appel, Offre, Rattachement, Structure
from tests import fabriques
from tests.annuaire.outils_profils import profil

_numero = itertools.count(1)
LIGNES = "J’aimerais apporter ce que la maladie m’a appris."


def structure(**champs) -> Structure:
    rang = next(_numero)
    return Structure.objects.create(
        **{
            "nom": f"Structure {rang}",
            "slug": f"structure-{rang}",
            "etat": "publiee",
            "type_structure": "hopital",
            "departements": ["94"],
            "publiee_le": timezone.now(),
        }
        | champs
    )


def membre(une=None, role="equipe", **champs):
    """An account; with a structure, its accepted link to it."""
    compte = fabriques.personne(**champs)
    if une:
        Rattachement.objects.create(
            structure=une, personne=compte, role=role, etat="accepte", preuve="moderation"
        )
    return compte


def appel(*equipe, etat="ouvert", **champs) -> Appel:
    """A published appel that the profiles of ``profil()`` match."""
    rang = next(_numero)
    fait = Appel.objects.create(
        **{
            "titre": f"Appel {rang}",
            "slug": f"appel-{rang}",
            "etat": etat,
            "description": "Nous cherchons des pairs.",
            "structure": None,
            "mission": "soutien",
            "domaine": "parcours",
            "departements": ["94"],
            "lieu": "sur_place",
            "temps": "Deux heures par mois",
            "places": 2,
            "statut": "defraiement",
            "frais": "rembourses",
            "publie_le": timezone.now(),
            "expire_le": timezone.now() + timezone.timedelta(days=30),
        }
        | champs
    )
    fait.equipe.set(equipe)
    return fait


def candidat(**champs):
    """An open profile whose texts are markers; the account has a name and an address of its own."""
    rang = next(_numero)
    compte = fabriques.personne(f"secret{rang}@exemple.fr", nom=f"NomSecret{rang}")
    return profil(
        compte,
        **{
            "pseudonyme": f"Pseudo{rang}",
            "savoirs": f"SavoirSecret{rang}",
            "themes": [f"MaladieSecrete{rang}"],
            "amenagements": f"HandicapSecret{rang}",
            "telephone": f"06 99 88 {rang // 100 % 100:02d} {rang % 100:02d}",
            "visibilites": {"savoirs": "accord", "themes": "membres"},
        }
        | champs,
    )


def secrets_de(un_profil) -> list[str]:
    """What identifies this person or says what they live with."""
    personne = un_profil.personne
    return [
        personne.nom,
        personne.email,
        un_profil.telephone,
        un_profil.savoirs,
        *un_profil.themes,
        un_profil.amenagements,
    ]


def offre(un_profil, **champs) -> Offre:
    return Offre.objects.create(
        **{
            "profil": un_profil,
            "etat": "ouverte",
            "titre": "Je peux accompagner",
            "texte": "Une fois par mois.",
            "domaine": "parcours",
            "departements": ["94"],
            "publiee_le": timezone.now(),
            "expire_le": timezone.now() + timezone.timedelta(days=30),
        }
        | champs
    )
