"""What is measured of the directory: its pages for a visitor, a candidate, a team; the round."""

from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import reverse

from annuaire import tour
from annuaire.models import Appel, MiseEnRelation, Profil, Structure
from hubpartenariat.socle.courriel import Courriel

CANDIDATS = 12  # people who came forward for the appel whose team is measured
EQUIPE = "equipe-mesuree@semis.hub.example"


def tour_de_la_semaine() -> dict:
    """One weekly round: how long it took, what it wrote, with how many queries."""
    nombre = 0

    def compter(execute, sql, parametres, many, contexte):
        nonlocal nombre
        nombre += 1
        return execute(sql, parametres, many, contexte)

    courriels = Courriel.objects.count()
    with connection.execute_wrapper(compter):
        bilan = tour.faire()
    return {
        "secondes": round(bilan.secondes, 1),
        "propositions": bilan.propositions,
        "courriels": Courriel.objects.count() - courriels,
        "requetes": nombre,
    }


def pages() -> dict[str, tuple]:
    """{name: (address, who asks)}; None is a visitor."""
    candidat = Profil.objects.filter(sollicitations__isnull=False).order_by("pk")[0].personne
    appel, equipe = _appel_avec_candidats()
    structure = Structure.objects.publiees().order_by("pk")[0]
    adresses = {
        "annuaire": (reverse("annuaire:accueil"), None),
        "structures": (reverse("annuaire:structures"), None),
        "structures, une facette": (reverse("annuaire:structures") + "?departement=94", None),
        "une structure": (reverse("annuaire:structure", args=[structure.slug]), None),
        "appels": (reverse("annuaire:appels"), None),
        "appels, deux facettes": (
            reverse("annuaire:appels") + "?domaine=parcours&departement=94",
            None,
        ),
        "un appel": (reverse("annuaire:appel", args=[appel.slug]), None),
        "mon profil": (reverse("annuaire:profil"), candidat),
        "mes propositions": (reverse("annuaire:propositions"), candidat),
        "candidatures d’un appel": (reverse("annuaire:candidatures", args=[appel.uuid]), equipe),
        "mes mises en relation": (reverse("annuaire:mes_relations"), equipe),
    }
    return adresses


def _appel_avec_candidats():
    """An appel with a team and candidates, made once."""
    compte = get_user_model().objects
    equipe = compte.filter(email=EQUIPE).first() or compte.create_user(EQUIPE, nom="Équipe")
    appel = Appel.objects.order_by("pk")[0]
    if not appel.equipe.filter(pk=equipe.pk).exists():
        appel.equipe.add(equipe)
        deja = appel.relations.values("profil")
        MiseEnRelation.objects.bulk_create(
            MiseEnRelation(appel=appel, profil=profil, motivation="J’aimerais en être.")
            for profil in Profil.objects.exclude(pk__in=deja).order_by("-pk")[:CANDIDATS]
        )
    return appel, equipe
