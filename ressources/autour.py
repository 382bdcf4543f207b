"""What the library says of the things of others: stories of a fiche, the event of a session."""

from hubpartenariat.socle.autour import Groupe, Mention, autour_de

MONTREES = 4


@autour_de("cartographie.Fiche")
def paroles(fiche):
    """Published stories of this fiche, the newest first. One query."""
    from django.urls import reverse

    from ressources.models import Parole

    racontees = Parole.objects.publiees().filter(fiche=fiche).pour_vignettes()
    nouvelle = reverse("ressources:parole_nouvelle")
    yield Groupe(
        "Ils le racontent",
        tuple(
            Mention(une.publie["titre"], une.publie["change"], une.get_absolute_url())
            for une in racontees.order_by("-publiee_le", "-pk")[:MONTREES]
        ),
        "Personne n’a encore raconté cette démarche sur le hub. Vous y étiez ?",
        (
            ("Raconter cette expérience", f"{nouvelle}?fiche={fiche.slug}"),
            ("Tous les récits du hub", reverse("ressources:paroles")),
        ),
    )


@autour_de("consultation.Seance")
def evenements(seance):
    """The public event that this live session belongs to. One query."""
    from ressources.models import Evenement

    annonces = Evenement.objects.montres().filter(code_seance=seance.code)
    yield Groupe(
        "Dans l’agenda",
        tuple(
            Mention(un.titre, un.get_genre_display(), un.get_absolute_url()) for un in annonces[:2]
        ),
    )
