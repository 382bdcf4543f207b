"""Mails about structures: to whoever proposed one, to its referents, to whoever asked to join."""

from django.conf import settings
from django.urls import reverse

from annuaire.enums import EtatRattachement, RoleRattachement
from hubpartenariat.socle.courriel import envoyer


def absolue(chemin: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


def _envoyer(personne, structure, gabarit, cle, **contexte):
    if personne is None or not personne.is_active:
        return
    envoyer(
        personne.email,
        f"annuaire/{gabarit}",
        {
            "structure": structure,
            "nom": personne.get_short_name(),
            "page": absolue(reverse("annuaire:structure", args=[structure.slug])),
            "mes_structures": absolue(reverse("annuaire:mes_structures")),
            "equipe": absolue(reverse("annuaire:structure_equipe", args=[structure.slug])),
            **contexte,
        },
        cle=f"{cle}:{personne.pk}",
    )


def a_l_auteur(structure, gabarit):
    """Whoever proposed the structure learns what became of it."""
    moment = structure.etat_depuis.isoformat()
    _envoyer(structure.proposee_par, structure, gabarit, f"{gabarit}:{structure.pk}:{moment}")


def aux_referents(structure, gabarit, lien=None):
    """The referents of the structure; of a request they learn that there is one, not who."""
    cle = f"{gabarit}:{structure.pk}:{lien.pk if lien else structure.etat_depuis.isoformat()}"
    liens = structure.rattachements.select_related("personne").filter(
        etat=EtatRattachement.ACCEPTE, role=RoleRattachement.REFERENT
    )
    for autre in liens:
        if lien is None or autre.personne_id != lien.personne_id:
            _envoyer(autre.personne, structure, gabarit, cle)


def a_la_personne(lien, gabarit):
    cle = f"{gabarit}:{lien.pk}:{lien.decide_le.isoformat()}"
    contexte = {"role": lien.get_role_display(), "referent": lien.est_referent}
    _envoyer(lien.personne, lien.structure, gabarit, cle, **contexte)
