"""What a person comes to, and the events that they proposed."""

from hubpartenariat.socle.espace import Carte, en_cours

INSCRIPTIONS, MONTRES = 5, 3


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
    for une in siennes.order_by("evenement__debut", "pk")[:INSCRIPTIONS]:
        un = une.evenement
        texte = "Annulé" if un.annule else une.get_etat_display()
        yield Carte(un.titre, texte, un.get_absolute_url(), "Voir")
