"""What the library offers beside a mission of the directory: see socle/outils.py."""

from django.urls import reverse

from hubpartenariat.socle.outils import Outil, outil_de_mission


@outil_de_mission
def ecrits(mission):
    """The two texts to agree on before beginning, and the sheet to score later."""
    yield Outil(
        "Lettre de mission",
        "La mission, le temps, le statut et les frais, sur une page à signer.",
        reverse("ressources:lettre"),
    )
    yield Outil(
        "Charte de partenariat",
        "Comment vous voulez travailler ensemble : écrite à plusieurs, signée par tous.",
        reverse("ressources:charte"),
    )
    yield Outil(
        "Baromètre croisé",
        "Après quelques mois : chacun note de son côté, puis vous comparez.",
        reverse("ressources:barometre"),
    )
