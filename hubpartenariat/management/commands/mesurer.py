"""``manage.py mesurer`` (script/bench): times and costs of the pages, at several sizes.

The consultations with more and more answers, the library and the projects (searches, polar charts,
files that are sent), the directory with more and more profiles and appels, then the map with more
and more fiches and its documents.
See ``hubpartenariat/mesures.py`` for how a page is measured.
"""

import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from cartographie import demo
from cartographie.models import Fiche
from hubpartenariat import (
    mesures,
    mesures_annuaire,
    mesures_consultation,
    mesures_depots,
    mesures_documents,
    mesures_ressources,
)

TAILLES = (14, 1_000, 10_000, 100_000)
REPONSES = (78, 10_000)  # people, 84 opinions each
ANNUAIRE = ((1_000, 100), (20_000, 2_000))  # profiles, appels
RESSOURCES = ((46, 100), (1_000, 1_000))  # entries, projects with three uses of a tool each
GRAINE = 7


def pages_de_la_carte() -> dict[str, str]:
    fiche = Fiche.objects.publiees().order_by("-publiee_le").values_list("slug", flat=True)[0]
    return {
        "liste": "/cartographie/",
        "liste, deux facettes": "/cartographie/?type_structure=hopital&domaine=parcours",
        "recherche": "/cartographie/?q=éducation+thérapeutique",
        "fiche": f"/cartographie/fiches/{fiche}/",
        "carte d’un département": "/cartographie/?departement=94",
    }


class Command(BaseCommand):
    help = "Measure the pages at several sizes; prints tables, writes var/bench.json."

    def add_arguments(self, parser):
        parser.add_argument("--tailles", type=int, nargs="+", default=TAILLES, metavar="N")
        parser.add_argument("--sans-carte", action="store_true", help="the directory alone")
        parser.add_argument("--sans-annuaire", action="store_true", help="the map alone")
        parser.add_argument("--documents", action="store_true", help="the documents alone")
        parser.add_argument("--consultation", action="store_true", help="the consultations alone")
        parser.add_argument("--ressources", action="store_true", help="the library alone")
        parser.add_argument("--tours", type=int, default=40, help="requests per page (default 40)")
        parser.add_argument("--sortie", type=Path, default=settings.VAR / "bench.json")

    def handle(self, *, tailles, tours, sortie, **options):
        tailles = sorted(set(tailles))
        if tailles[0] < 14 or tailles[-1] > 1_000_000 or tours < 5:
            raise CommandError("Tailles de 14 à 1000000 fiches, 5 tours au moins.")
        call_command("collectstatic", verbosity=0, interactive=False)
        seule = any(options[nom] for nom in ("documents", "consultation", "ressources"))
        carte, annuaire, reponses, biblio, faits = [], [], [], [], []
        with mesures.base_a_part():
            call_command("charger_referentiels", verbosity=0)
            if options["consultation"] or not seule:
                for nombre in REPONSES:
                    reponses += self._consultation(nombre, tours)
            if options["ressources"] or not seule:
                for entrees, projets in RESSOURCES:
                    biblio += self._ressources(entrees, projets, tours)
            if not (seule or options["sans_annuaire"]):
                for profils, appels in ANNUAIRE:
                    annuaire += self._annuaire(profils, appels, tours)
            if not (seule or options["sans_carte"]):
                demo.charger([])
                for taille in tailles:
                    carte += self._carte(taille, tours)
            if options["documents"] or (carte and 1_000 in tailles):
                faits = self._documents()
        mesures.ecrire(sortie, carte + annuaire + reponses + biblio + faits, tours)
        if carte:
            self._conclure_la_carte(carte, tailles)
        if annuaire:
            self._conclure_l_annuaire(annuaire)
        if reponses:
            self._conclure_la_consultation(reponses)
        if biblio:
            self.stdout.write("")
            self._dire_les_requetes([r for r in biblio if "adresse" in r])
        self.stdout.write(f"\nÉcrit dans {sortie}")

    # --- The map -------------------------------------------------------------------------
    def _carte(self, taille: int, tours: int) -> list[dict]:
        if taille > 14:
            self._preparer(f"{taille} fiches", fiches=taille - 14)
        else:
            self.stdout.write("\n14 fiches")
        return self._mesurer({"fiches": taille}, pages_de_la_carte(), tours)

    def _conclure_la_carte(self, resultats, tailles):
        """What is wanted, and whether it holds."""
        p50 = {(r["fiches"], r["page"]): r["p50_ms"] for r in resultats}
        self.stdout.write("")
        for taille, plafond in ((14, 20), (10_000, 30)):
            if taille in tailles:
                self._dire(f"liste à {taille}", p50[taille, "liste"], plafond)
        if {1_000, 100_000} <= set(tailles):
            rapport = p50[100_000, "liste, deux facettes"] / p50[1_000, "liste, deux facettes"]
            self._dire("liste filtrée, 100 000 / 1 000", rapport, 3, unite="×")
        self._dire_les_requetes(resultats)
        nombre = max(r["requetes"] for r in resultats if "liste" in r["page"])
        self._dire("requêtes de la liste", nombre, 12, unite="")

    # --- The directory -------------------------------------------------------------------
    def _annuaire(self, profils: int, appels: int, tours: int) -> list[dict]:
        self._preparer(f"{profils} profils, {appels} appels", profils=profils, appels=appels)
        taille = {"profils": profils, "appels": appels}
        tour = mesures_annuaire.tour_de_la_semaine()
        self.stdout.write(
            f"tour de la semaine : {tour['secondes']:.1f} s, {tour['propositions']} propositions, "
            f"{tour['courriels']} courriels, {tour['requetes']} requêtes"
        )
        resultats = self._mesurer(taille, mesures_annuaire.pages(), tours)
        return [*resultats, taille | {"page": "tour de la semaine"} | tour]

    def _conclure_l_annuaire(self, resultats):
        self.stdout.write("")
        tours = [r for r in resultats if r["page"] == "tour de la semaine"]
        self._dire("tour de la semaine", tours[-1]["secondes"], 300, unite="s")
        self._dire_les_requetes([r for r in resultats if r not in tours])

    # --- The consultations ---------------------------------------------------------------
    def _consultation(self, nombre: int, tours: int) -> list[dict]:
        graine = GRAINE + nombre  # a consultation of its own for each size
        self._preparer(f"{nombre} réponses", graine=graine, reponses=nombre)
        consultation = mesures_consultation.preparer(graine)
        taille = {"reponses": nombre}
        resultats = self._mesurer(taille, mesures_consultation.pages(consultation), tours)
        compte = mesures_consultation.compter(consultation)
        self.stdout.write(
            f"compter {compte['avis']} avis : {compte['p50_ms']:.0f} ms, {compte['requetes']} "
            f"requêtes, {compte['rapport']:.1f} × le SQL seul"
        )
        return [*resultats, taille | compte]

    def _conclure_la_consultation(self, resultats):
        self.stdout.write("")
        pages = [r for r in resultats if "adresse" in r]
        for page in (r for r in pages if r["reponses"] == REPONSES[-1]):
            self._dire(f"{page['page']} à {page['reponses']} réponses", page["p50_ms"], 300)
        self._dire_les_requetes(pages)

    # --- The library and the projects ----------------------------------------------------
    def _ressources(self, entrees: int, projets: int, tours: int) -> list[dict]:
        mesures_ressources.preparer(entrees)
        dit = f"{entrees} ressources et récits, {projets} projets"
        self._preparer(dit, projets=projets, paroles=entrees)
        taille = {"ressources": entrees, "projets": projets}
        resultats = self._mesurer(taille, mesures_ressources.pages(), tours)
        for depot in mesures_depots.mesurer():
            self.stdout.write(mesures_depots.ligne(depot))
            resultats.append(taille | depot)
        return resultats

    # --- Documents -----------------------------------------------------------------------
    def _documents(self) -> list[dict]:
        """Booklets: linear in time, under one gigabyte."""
        if Fiche.objects.publiees().count() < 1_000:
            self._preparer("documents de 1 000 fiches", fiches=1_000)
        resultats = mesures_documents.mesurer()
        for mesure in resultats:
            self.stdout.write(mesures_documents.ligne(mesure))
        cent, mille = (
            r for r in resultats if r["fiches"] in (100, 1_000) and "livret" in r["page"]
        )
        rapport = mille["cpu_ms_par_page"] / cent["cpu_ms_par_page"]
        self._dire("temps par page, 1 000 / 100 fiches", rapport, 1.3, unite="×")
        self._dire("mémoire d’un livret de 1 000 fiches", mille["memoire_mo"], 1_000, unite="Mo")
        return resultats

    # --- Both ----------------------------------------------------------------------------
    def _preparer(self, quoi: str, graine: int = GRAINE, **semis) -> None:
        debut = time.monotonic()
        call_command("semer", graine=graine, verbosity=0, **semis)
        with connection.cursor() as curseur:
            curseur.execute("VACUUM ANALYZE")
        self.stdout.write(f"\n{quoi} (préparés en {time.monotonic() - debut:.0f} s)")

    def _mesurer(self, taille: dict, pages: dict, tours: int) -> list[dict]:
        """``pages``: {name: address} or {name: (address, person)}."""
        self.stdout.write(mesures.titres("page"))
        resultats = []
        for nom, ou in pages.items():
            adresse, personne = ou if isinstance(ou, tuple) else (ou, None)
            mesure = mesures.mesurer(adresse, tours, personne)
            resultats.append(taille | {"page": nom, "adresse": adresse} | mesure)
            self.stdout.write(mesures.ligne(nom, mesure))
        return resultats

    def _dire(self, quoi, valeur, plafond, unite="ms"):
        tenu = "tenu" if valeur <= plafond else "PAS TENU"
        self.stdout.write(f"{quoi} : {valeur:.4g} {unite} (voulu ≤ {plafond}) {tenu}")

    def _dire_les_requetes(self, resultats):
        nombres = {(r["page"], r["requetes"]) for r in resultats}
        stables = len(nombres) == len({page for page, _ in nombres})
        self.stdout.write(
            f"requêtes identiques à toutes les tailles : {'oui' if stables else 'NON'}"
        )
