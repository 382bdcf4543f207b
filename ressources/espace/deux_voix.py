"""What waits for a person in the tools of two voices."""

from hubpartenariat.socle.espace import Carte, en_cours

MONTREES = 5


@en_cours
def a_repondre(personne):
    """Uses that wait for the side of this person, then those to talk over. Three queries."""
    from ressources.enums import EtatPassage
    from ressources.models import Participation, Passage, ReponseDeVoix

    siennes = dict(
        Participation.objects.filter(personne=personne, partie_le=None).values_list(
            "projet", "voix"
        )
    )
    if not siennes:
        return
    ouverts = list(
        Passage.objects.filter(projet__in=siennes)
        .exclude(etat=EtatPassage.TERMINE)
        .select_related("projet", "accord_de")
        .order_by("etat", "-ouvert_le", "pk")[: 4 * MONTREES]
    )
    repondues = set(
        ReponseDeVoix.objects.filter(passage__in=ouverts).values_list("passage", "voix")
    )
    cartes = []
    for passage in ouverts:
        titre = f"{passage.get_outil_display()} : {passage.projet.titre}"
        if passage.accord_de and passage.accord_de.voix != siennes[passage.projet_id]:
            texte, action = "L’autre côté attend votre accord pour conclure", "Relire"
        elif passage.accord_de:
            texte, action = "Votre côté est d’accord ; l’autre va relire", "Lire"
        elif passage.devoile:
            texte, action = "Les deux voix ont répondu : à discuter ensemble", "Lire"
        elif (passage.pk, siennes[passage.projet_id]) in repondues:
            continue
        else:
            texte, action = "Vos réponses sont attendues", "Répondre"
        attend = action in ("Répondre", "Relire")
        cartes.append(Carte(titre, texte, passage.get_absolute_url(), action, attend))
    yield from cartes[:MONTREES]
