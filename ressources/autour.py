"""What the library says of a fiche: the stories told of it."""

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
