"""Mails about the library: to whoever proposed an entry."""

from django.conf import settings
from django.urls import reverse

from hubpartenariat.socle.courriel import envoyer


def a_qui_l_a_proposee(ressource, gabarit: str) -> None:
    """Whoever proposed the entry learns what became of it, once by decision."""
    personne = ressource.proposee_par
    if personne is None or not personne.is_active:
        return
    publique = ressource.get_absolute_url() if ressource.slug else reverse("ressources:liste")
    envoyer(
        personne.email,
        f"ressources/{gabarit}",
        {
            "ressource": ressource,
            "nom": personne.get_short_name(),
            "page": f"{settings.ADRESSE_PUBLIQUE}{publique}",
            "mes_propositions": settings.ADRESSE_PUBLIQUE + reverse("ressources:mes_propositions"),
        },
        cle=f"{gabarit}:{ressource.pk}:{ressource.etat_depuis.isoformat()}:{personne.pk}",
    )
