"""What waits for those who follow teams: requests, teams not seen for long."""

from hubpartenariat.socle.espace import Carte, en_cours, page
from ressources.accompagnement.suivi import accompagne

page("Équipes accompagnées", "ressources:accompagnements", accompagne)


@en_cours
def mes_equipes(personne):
    """How many teams wait, how many this person follows. One query for those who follow teams."""
    from django.db.models import Count, Q
    from django.urls import reverse

    from ressources.models import Accompagnement
    from ressources.models.accompagnement import A_PRENDRE

    if not accompagne(personne):
        return
    nombres = Accompagnement.objects.aggregate(
        attendent=Count("pk", filter=A_PRENDRE),
        suivies=Count("pk", filter=Q(etat="suivi", referent=personne)),
    )
    if not any(nombres.values()):
        return
    attendent, suivies = nombres["attendent"], nombres["suivies"]
    mots = "équipes attendent" if attendent > 1 else "équipe attend"
    texte = f"{attendent} {mots} une réponse ; vous en suivez {suivies}."
    yield Carte(
        "Équipes accompagnées", texte, reverse("ressources:accompagnements"), "Voir", attendent > 0
    )
