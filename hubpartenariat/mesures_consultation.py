"""What is measured of the consultations: the pages of results, and counting every answer anew."""

import statistics

from django.core.cache import cache
from django.db import connection

from consultation import publication, semer
from consultation.models import Avis, Consultation
from hubpartenariat import mesures

TOURS_DE_COMPTE = 5


def preparer(graine: int) -> Consultation:
    """The seeded consultation, closed and published."""
    consultation = Consultation.objects.get(slug=semer.slug_de(graine))
    if consultation.ouverte_maintenant:
        consultation.fermer()
        cache.clear()
        publication.publier(consultation)
    return consultation


def pages(consultation: Consultation) -> dict[str, str]:
    base = f"/consultations/{consultation.slug}/"
    return {
        "résultats": f"{base}resultats/",
        "résultats par profil": f"{base}resultats/?par=profil",
        "résultats en JSON": f"{base}resultats.json",
        "une proposition": f"{base}propositions/P1/",
    }


def compter(consultation: Consultation) -> dict:
    """Counting all the answers and composing what may be published, as staff watches it live."""
    requetes = []

    def noter(execute, sql, parametres, many, contexte):
        requetes.append((sql, parametres))
        return execute(sql, parametres, many, contexte)

    with connection.execute_wrapper(noter):
        publication.compter(consultation)
    faire = [
        mesures.chronometrer(lambda: publication.compter(consultation))
        for _ in range(TOURS_DE_COMPTE)
    ]
    sql = [mesures.chronometrer(lambda: mesures.rejouer(requetes)) for _ in range(TOURS_DE_COMPTE)]
    p50, p50_sql = statistics.median(faire), statistics.median(sql)
    return {
        "page": "compter les réponses",
        "avis": Avis.objects.filter(reponse__consultation=consultation).count(),
        "p50_ms": round(p50, 1),
        "requetes": len(requetes),
        "sql_ms": round(p50_sql, 1),
        "rapport": round(p50 / p50_sql, 2),
    }
