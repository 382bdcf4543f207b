"""Mails about stories: to their author, and to those whom they quote."""

from django.conf import settings
from django.urls import reverse

from hubpartenariat.socle.courriel import envoyer


def a_l_auteur(parole, gabarit: str) -> None:
    """The author learns what the team decided, once by decision."""
    personne = parole.auteur
    if not personne.is_active:
        return
    envoyer(
        personne.email,
        f"ressources/{gabarit}",
        {
            "parole": parole,
            "nom": personne.get_short_name(),
            "page": settings.ADRESSE_PUBLIQUE + parole.get_absolute_url(),
        },
        cle=f"{gabarit}:{parole.pk}:{parole.etat_depuis.isoformat()}",
    )


def demander_l_accord(citee) -> None:
    """Somebody quoted is asked whether they may be named, once for these words and this name."""
    from ressources.paroles.accords import jeton

    adresse = reverse("ressources:parole_accord", args=[jeton(citee)])
    envoyer(
        citee.courriel,
        "ressources/parole_accord",
        {
            "auteur": citee.parole.auteur.get_full_name(),
            "nommee_comme": citee.nommee_comme,
            "adresse": settings.ADRESSE_PUBLIQUE + adresse,
        },
        cle=f"accord:{citee.uuid}:{citee.marque[:32]}",
        confidentiel=True,
    )
