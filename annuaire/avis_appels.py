"""Mails about appels and offres: to their team, to their owner."""

from django.conf import settings
from django.urls import reverse

from hubpartenariat.socle import courriel


def a_l_equipe(appel, issue: str):
    """One mail to each person of the team, in the caller's transaction."""
    gestion = absolue(reverse("annuaire:mes_appels"))
    public = absolue(reverse("annuaire:appel", args=[appel.slug])) if appel.slug else gestion
    for personne in appel.equipe.filter(is_active=True):
        courriel.envoyer(
            personne.email,
            f"annuaire/{issue}",
            {
                "appel": appel,
                "nom": personne.get_short_name(),
                "mes_appels": gestion,
                "adresse": public,
            },
            cle=f"appel:{appel.pk}:{issue}:{appel.etat_depuis.isoformat()}:{personne.pk}",
        )


def au_proprietaire(offre, issue: str):
    """To the person of an offre. The subject says nothing of it: mails are read over shoulders."""
    personne = offre.profil.personne
    if not personne.is_active:
        return
    courriel.envoyer(
        personne.email,
        f"annuaire/{issue}",
        {
            "offre": offre,
            "nom": personne.get_short_name(),
            "mes_offres": absolue(reverse("annuaire:mes_offres")),
        },
        cle=f"offre:{offre.pk}:{issue}:{offre.etat_depuis.isoformat()}",
    )


def absolue(chemin: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"
