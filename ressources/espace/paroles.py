"""What waits for a person among their stories."""

from hubpartenariat.socle.espace import Carte, en_cours

MONTREES = 3
EN_MOTS = {
    "brouillon": ("Récit commencé", "Continuer"),
    "a_revoir": ("Récit : un point à revoir", "Revoir"),
    "proposee": ("Récit envoyé : l’équipe le lit", "Voir"),
}


@en_cours
def mes_paroles(personne):
    """Stories not finished, or not answered yet; those to revise first. One query."""
    from ressources.models import Parole

    siennes = Parole.objects.de(personne).filter(etat__in=EN_MOTS)
    for une in siennes.order_by("etat", "-modifiee_le", "-pk")[:MONTREES]:
        texte, action = EN_MOTS[une.etat]
        yield Carte(str(une), texte, une.get_absolute_url(), action, une.etat != "proposee")
