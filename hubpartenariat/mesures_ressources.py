"""What is measured of the library and of the projects: pages, searches, polar charts."""

from django.contrib.auth import get_user_model

from ressources.models import Parole, Passage, Ressource
from ressources.semer.passages import DOMAINE


def preparer(nombre: int) -> None:
    """At least ``nombre`` published entries: those that ship, written over with other words."""
    modeles = list(Ressource.objects.publiees().filter(du_hub=True).order_by("pk"))
    manquent = max(0, nombre - Ressource.objects.publiees().count())
    copies = []
    for rang in range(manquent):
        une = modeles[rang % len(modeles)]
        champs = ("type_ressource", "en_bref", "description", "source", "niveau", "domaines")
        champs += ("pas", "besoins", "publics", "publiee_le", "relue_le", "etat")
        copie = Ressource(**{nom: getattr(une, nom) for nom in champs}, exemple=True)
        copie.titre, copie.slug = f"{une.titre} {rang}"[:160], f"copie-{rang}"
        copies.append(copie)
    Ressource.objects.bulk_create(copies, batch_size=500)


def pages() -> dict:
    """{name: address} or {name: (address, person)}: the library, then a project that two share."""
    une = Ressource.objects.publiees().filter(slug="jamais-seul").get()
    passage = Passage.objects.devoiles().filter(outil="barometre").latest("pk")
    liste = Passage.objects.devoiles().filter(outil="check_list").latest("pk")
    siens = passage.projet.presents().filter(personne__email__endswith=DOMAINE)
    qui = get_user_model().objects.get(pk=siens.first().personne_id)
    autre = get_user_model().objects.get(pk=liste.projet.presents().first().personne_id)
    return {
        "bibliothèque": "/ressources/",
        "bibliothèque, deux facettes": "/ressources/?besoin=cadre&etape=formaliser",
        "bibliothèque, recherche": "/ressources/?q=patient+expert",
        "une ressource": une.get_absolute_url(),
        "une étape": "/ressources/demarrer/trouver/",
        "un projet": (passage.projet.get_absolute_url(), qui),
        "baromètre (dessin polaire)": (passage.get_absolute_url(), qui),
        "check-list": (liste.get_absolute_url(), autre),
        "paroles": "/ressources/paroles/",
        "paroles, recherche": "/ressources/paroles/?q=courriers",
        "une parole": Parole.objects.publiees().latest("pk").get_absolute_url(),
        "agenda": "/agenda/",
    }
