"""What waits for a person in the library: their own proposals."""

from hubpartenariat.socle.espace import Carte, en_cours

MONTREES = 3


@en_cours
def mes_propositions(personne):
    """Proposals that the team has not answered yet. One query."""
    from django.urls import reverse

    from ressources.enums import EtatRessource
    from ressources.models import Ressource

    en_attente = Ressource.objects.de(personne).filter(etat=EtatRessource.PROPOSEE)
    for une in en_attente.only("titre").order_by("creee_le", "pk")[:MONTREES]:
        page = reverse("ressources:mes_propositions")
        yield Carte(une.titre, "Ressource proposée : l’équipe la lit", page, "Voir")
