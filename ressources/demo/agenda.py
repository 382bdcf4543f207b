"""The demonstration of the agenda: an event in every state, all invented."""

from datetime import timedelta

from django.utils import timezone

from ressources import inscriptions
from ressources.models import Evenement

# genre, title, days from now, place, seats, state
EVENEMENTS = (
    (
        "atelier",
        "Écrire une charte à plusieurs (exemple)",
        9,
        "Salle inventée, Créteil",
        1,
        "publie",
    ),
    ("communaute", "Rendez-vous des binômes (exemple)", 23, "", None, "publie"),
    (
        "formation",
        "Animer une réunion à deux voix (exemple)",
        40,
        "Salle inventée, Évry",
        15,
        "annule",
    ),
    ("reunion", "Bilan du semestre (exemple)", -30, "Salle inventée, Pontoise", 40, "publie"),
    (
        "formation",
        "Accueillir un patient partenaire (exemple)",
        50,
        "Salle inventée, Melun",
        20,
        "propose",
    ),
    ("reunion", "Vente de matériel (exemple)", 45, "Salle inventée, Nanterre", None, "refuse"),
    ("atelier", "Atelier en préparation (exemple)", 60, "Lieu à choisir", 12, "brouillon"),
)


def charger(personnes) -> int:
    """Add the events that are not there yet; the first is full, with somebody who waits."""
    midi = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    ajoutes = 0
    for genre, titre, jours, lieu, places, etat in EVENEMENTS:
        debut = midi + timedelta(days=jours)
        un, nouveau = Evenement.objects.get_or_create(
            titre=titre,
            exemple=True,
            defaults={
                "genre": genre,
                "description": "Un événement inventé, pour montrer comment l’agenda se lit.",
                "debut": debut,
                "fin": debut + timedelta(hours=2),
                "lieu": lieu,
                "lien": "" if lieu else "https://visio.example/exemple",
                "places": places,
                "organisateur": personnes[-1],
                "etat": etat,
                "motif": "L’agenda n’annonce pas de vente." if etat == "refuse" else "",
            },
        )
        ajoutes += nouveau
        if nouveau and places == 1:
            for personne in personnes[:2]:
                inscriptions.inscrire(un, personne)
    return ajoutes
