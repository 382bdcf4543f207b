"""What waits for a person in the agenda: the events that they proposed."""

from hubpartenariat.socle.espace import Carte, en_cours

MONTRES = 3


@en_cours
def mes_evenements(personne):
    """Events proposed: those declined, to correct; those that the team reads. One query."""
    from django.utils import timezone

    from ressources.enums import EtatEvenement
    from ressources.models import Evenement

    etats = [EtatEvenement.REFUSE, EtatEvenement.PROPOSE]
    siens = Evenement.objects.filter(organisateur=personne, etat__in=etats, fin__gt=timezone.now())
    for un in siens.order_by("-etat", "debut", "pk")[:MONTRES]:
        texte, refuse = "Événement proposé : l’équipe le lit", un.etat == EtatEvenement.REFUSE
        if refuse:
            texte = "L’équipe a répondu : vous pouvez corriger votre événement"
        yield Carte(un.titre, texte, un.get_absolute_url(), "Voir", refuse)
