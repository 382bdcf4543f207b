"""What the library says of a fiche: the stories told of it, the project that its authors open."""

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


@suite_de("cartographie.Fiche")
def projet(fiche):
    """A project that takes up the title and the structure of a published fiche."""
    from django.urls import reverse

    if fiche.etat != "publiee":
        return None
    nouveau = reverse("ressources:projet_nouveau")
    return "Ouvrir un projet à partir de cette fiche", f"{nouveau}?fiche={fiche.slug}"
