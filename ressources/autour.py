"""What the library says of the things of others: stories of a fiche, the project that its authors
open, the event of a session."""

from hubpartenariat.socle.autour import Groupe, Mention, autour_de, suite_de

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


@suite_de("cartographie.Fiche")
def projet(fiche):
    """A project that takes up the title and the structure of a published fiche."""
    from django.urls import reverse

    if fiche.etat != "publiee":
        return None
    nouveau = reverse("ressources:projet_nouveau")
    return "Ouvrir un projet à partir de cette fiche", f"{nouveau}?fiche={fiche.slug}"
