"""Structures and people attached to them, for the tests of the directory."""

import itertools

from django.utils import timezone

from annuaire.models import Rattachement, Structure

_numero = itertools.count(1)


def structure(etat="publiee", **champs) -> Structure:
    """A structure in this state, written below the transitions."""
    rang = next(_numero)
    return Structure.objects.create(
        **(
            {
                "nom": f"Centre des Saules {rang}",
                "slug": f"centre-des-saules-{rang}",
                "etat": etat,
                "type_structure": "hopital",
                "departements": ["94"],
                "domaines": ["parcours"],
                "formes": ["pair_aidance"],
                "presentation": "Un centre de soins au bord de la Marne.",
                "publiee_le": timezone.now() if etat == "publiee" else None,
            }
            | champs
        )
    )


def rattacher(personne, structure, role="referent", etat="accepte", **champs) -> Rattachement:
    """``personne`` belongs to ``structure``, with the role that goes with it."""
    from annuaire.transitions.structures import accorder_le_role

    lien = Rattachement.objects.create(
        structure=structure,
        personne=personne,
        role=role,
        etat=etat,
        preuve="moderation" if etat == "accepte" else "",
        decide_le=timezone.now() if etat == "accepte" else None,
        **champs,
    )
    accorder_le_role(personne)
    return lien
