"""What waits for a person in the agenda: the events that they proposed."""

from hubpartenariat.socle.espace import Carte, en_cours

MONTRES = 3


@en_cours
def mes_evenements(personne):
    """Events proposed that the team has not answered yet. One query."""
    from ressources.enums import EtatEvenement
    from ressources.models import Evenement

    proposes = Evenement.objects.filter(organisateur=personne, etat=EtatEvenement.PROPOSE)
    for un in proposes.order_by("debut", "pk")[:MONTRES]:
        yield Carte(un.titre, "Événement proposé : l’équipe le lit", un.get_absolute_url(), "Voir")
