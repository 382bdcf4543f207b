"""What waits for those who follow teams, for teams, and for those who co-sign attestations."""

from django.urls import reverse

from hubpartenariat.socle.espace import Carte, en_cours, page
from ressources.accompagnement.suivi import accompagne

MONTREES = 5

page("Équipes accompagnées", "ressources:accompagnements", accompagne)


BILANS = 3


@en_cours
def mes_bilans(personne):
    """Bilans that the other side proposes, then those to write once the support is over. Three
    queries at most."""
    from django.db.models import Exists, OuterRef, Q

    from ressources.enums import EtatAccompagnement
    from ressources.models import Accompagnement, Bilan, Participation, Projet

    siennes = Participation.objects.filter(personne=personne, partie_le=None)
    voix = dict(siennes.values_list("projet", "voix"))
    if not voix:
        return
    proposes = Bilan.objects.filter(projet__in=voix).exclude(accord_de=None)
    proposes = proposes.exclude(accord_de__personne=personne)
    for un in proposes.select_related("projet", "accord_de").order_by("pk"):
        if un.accord_de.voix != voix[un.projet_id]:
            texte = "L’autre côté propose de rendre le bilan : votre accord est attendu"
            yield Carte(f"Bilan : {un.projet}", texte, un.get_absolute_url(), "Relire", True)
    suivis = Accompagnement.objects.filter(projet=OuterRef("pk"))
    a_ecrire = Projet.objects.filter(
        Q(bilan=None) | Q(bilan__rendu_le=None, bilan__accord_de=None),
        Exists(suivis.filter(etat=EtatAccompagnement.CLOS)),
        ~Exists(suivis.exclude(etat=EtatAccompagnement.CLOS)),
        pk__in=voix,
    )
    for projet in a_ecrire.order_by("-modifie_le", "-pk")[:BILANS]:
        page = reverse("ressources:bilan", args=[projet.uuid])
        texte = "L’accompagnement est terminé : bilan à écrire ensemble"
        yield Carte(f"Bilan : {projet}", texte, page, "Ouvrir", True)


@en_cours
def mes_equipes(personne):
    """How many teams wait, how many this person follows. One query for those who follow teams."""
    from django.db.models import Count, Q

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
