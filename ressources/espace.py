"""What the library, the projects and the agenda show in a person's own space."""

from hubpartenariat.socle.espace import Carte, en_cours, page
from ressources import (  # noqa: F401 — register their cards
    espace_accompagnement,
    espace_agenda,
    espace_bibliotheque,
    espace_deux_voix,
    espace_equipe,
    espace_paroles,
    espace_projets,
)

MONTREES = 5

page("Mes projets", "ressources:projets")
page("Mes attestations", "ressources:mes_attestations")
page("Mes ressources gardées", "ressources:gardees")
page("Mes ressources proposées", "ressources:mes_propositions")
page("Mes récits", "ressources:paroles_miennes")


@en_cours
def mes_inscriptions(personne):
    """What this person comes to, or waits for, the next one first. One query."""
    from django.utils import timezone

    from ressources.models import Evenement, Inscription

    siennes = Inscription.objects.filter(
        personne=personne,
        evenement__in=Evenement.objects.montres(),
        evenement__fin__gte=timezone.now(),
    ).select_related("evenement")
    for une in siennes.order_by("evenement__debut", "pk")[:MONTREES]:
        un = une.evenement
        texte = "Annulé" if un.annule else une.get_etat_display()
        yield Carte(un.titre, texte, un.get_absolute_url(), "Voir")
