"""The demonstration of the library: invented proposals, in the states that the team sees."""

from ressources.models import Ressource, Signet

# title, type, summary, state
PROPOSITIONS = (
    ("Podcast d’un binôme (exemple)", "video", "2 personnes racontent leur projet.", "proposee"),
    ("Dépliant d’accueil (exemple)", "fiche", "Une page pour accueillir.", "proposee"),
    ("Publicité d’un coach (exemple)", "formation", "Un coach vend ses conseils.", "refusee"),
    ("Ancien guide de la salle (exemple)", "guide", "Ce guide a été remplacé.", "archivee"),
)


def charger(personnes) -> int:
    """Add the proposals that are not there yet, and a few bookmarks. How many proposals."""
    ajoutees = 0
    for titre, genre, en_bref, etat in PROPOSITIONS:
        if Ressource.objects.filter(titre=titre, exemple=True).exists():
            continue
        une = Ressource.objects.create(
            titre=titre,
            type_ressource=genre,
            en_bref=en_bref,
            description="Une ressource inventée, pour montrer comment la bibliothèque se lit.",
            lien="https://ressource.example/exemple",
            source="Association inventée (exemple)",
            besoins=["echanges"],
            pas=["realiser"],
            proposee_par=personnes[0],
            exemple=True,
        )
        if etat == "refusee":
            une.refuser(None, "La bibliothèque ne présente pas d’offre commerciale.")
        elif etat == "archivee":
            une.publier(None)
            neuve = Ressource.objects.publiees().filter(slug="reunion-accessible").first()
            une.archiver(None, "Une version plus claire existe.", remplacee_par=neuve)
        ajoutees += 1
    for une in Ressource.objects.publiees().filter(du_hub=True).order_by("-pk")[:3]:
        Signet.objects.get_or_create(personne=personnes[0], ressource=une)
    return ajoutees
