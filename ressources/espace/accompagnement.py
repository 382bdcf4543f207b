"""What waits for those who follow teams, and for those whose word an attestation asks."""

from hubpartenariat.socle.espace import Carte, en_cours, page
from ressources.accompagnement.suivi import accompagne

MONTREES = 5

page("Équipes accompagnées", "ressources:accompagnements", accompagne)


@en_cours
def mes_equipes(personne):
    """How many teams wait, how many this person follows. One query for those who follow teams."""
    from django.db.models import Count, Q
    from django.urls import reverse

    from ressources.models import Accompagnement

    if not accompagne(personne):
        return
    nombres = Accompagnement.objects.aggregate(
        attendent=Count("pk", filter=Q(etat="demande")),
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


@en_cours
def attestations_a_cosigner(personne):
    """Requests of the other side of one's projects that nobody has answered. One query."""
    from django.db.models import Exists, OuterRef
    from django.urls import reverse

    from ressources.models import AttestationDeProjet, Participation

    en_face = Participation.objects.filter(
        personne=personne, partie_le=None, projet=OuterRef("participation__projet")
    ).exclude(voix=OuterRef("participation__voix"))
    attendues = (
        AttestationDeProjet.objects.filter(Exists(en_face), cosignee_le=None, refusee_le=None)
        .exclude(participation__personne=personne)
        .select_related("participation__projet")
        .order_by("demandee_le", "pk")
    )
    for une in attendues[:MONTREES]:
        projet = une.participation.projet
        adresse = reverse("ressources:projet_attestations", args=[projet.uuid])
        texte = f"Attestation demandée par {une.nom} : votre réponse est attendue"
        yield Carte(f"{une} : {projet}", texte, adresse, "Lire", attend=True)
