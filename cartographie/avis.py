"""Mails that tell the authors what became of their fiche."""

from django.conf import settings
from django.urls import reverse

from hubpartenariat.socle import courriel


def aux_auteurs(fiche, issue: str, **contexte):
    """Write one mail to each author, in the caller's transaction. ``issue``: name of the template.

    The key holds the moment of the transition: the same outcome is never mailed twice.
    """
    moment = max(fiche.etat_depuis, fiche.modifiee_le).isoformat()
    for auteur in fiche.auteurs.filter(is_active=True):
        courriel.envoyer(
            auteur.email,
            f"cartographie/{issue}",
            {
                "fiche": fiche,
                "nom": auteur.get_short_name(),
                "mes_fiches": absolue(reverse("cartographie:mes_fiches")),
                "adresse": adresse_de(fiche, issue),
                **contexte,
            },
            cle=f"fiche:{fiche.pk}:{issue}:{moment}:{auteur.pk}",
        )


def adresse_de(fiche, issue: str) -> str:
    """Where the reader of the mail goes next."""
    if issue == "publiee":
        return absolue(reverse("cartographie:fiche", args=[fiche.slug]))
    if issue == "a_completer":
        return absolue(reverse("cartographie:relecture", args=[fiche.uuid]))
    return absolue(reverse("cartographie:mes_fiches"))


def absolue(chemin: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"
