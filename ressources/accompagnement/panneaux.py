"""Support, bilan and attestations as the page of a project shows them."""

from django.urls import reverse

from ressources.projets.panneaux import Panneau, panneau


@panneau(50)
def accompagnement(projet):
    """Where the support stands. One query."""
    dernier = projet.accompagnements.first()
    texte = dernier.get_etat_display() if dernier else "Demander à être accompagnés"
    page = reverse("ressources:projet_accompagnement", args=[projet.uuid])
    yield Panneau("Accompagnement", texte, page, "Ouvrir")


@panneau(60)
def bilan(projet):
    """Where the bilan stands. One query."""
    from ressources.models import Bilan

    ecrit = Bilan.objects.filter(projet=projet).first()
    texte = "Pas encore commencé"
    if ecrit:
        rendu = ecrit.rendu_revision == ecrit.revision
        texte = "Rendu à chacun" if rendu else "En cours d’écriture"
        if ecrit.accord_de_id:
            texte = "Un côté propose de le rendre"
    yield Panneau("Bilan", texte, reverse("ressources:bilan", args=[projet.uuid]), "Ouvrir")


@panneau(70)
def attestations(projet):
    """How many wait. One query."""
    from ressources.accompagnement.attestations import du_projet

    attendent = du_projet(projet).filter(cosignee_le=None).count()
    texte = f"{attendent} à cosigner" if attendent else "Présence ou engagement, cosignées"
    page = reverse("ressources:projet_attestations", args=[projet.uuid])
    yield Panneau("Attestations", texte, page, "Ouvrir")
