"""``manage.py semer``: plausible invented contents in quantity, the same for the same seed."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from annuaire import semer as annuaire
from cartographie import semer as cartographie
from consultation import semer as consultation
from hubpartenariat.socle.territoire import Commune
from hubpartenariat.socle.vocabulaires import Departement
from ressources.semer import paroles, passages

AU_PLUS = 1_000_000
LOT_A_ANALYSER = 2_000


@dataclass(frozen=True)
class Genre:
    """One kind of contents: how many of its first rows are there, and how they are written."""

    nom: str
    dit: str
    presents: Callable[[int, int], int]
    semer: Callable[..., int]
    tables: tuple[str, ...]


GENRES = (
    Genre(
        "fiches",
        "fiches publiées",
        cartographie.presentes,
        cartographie.semer,
        ("cartographie_fiche",),
    ),
    Genre(
        "profils",
        "profils ouverts, avec leurs comptes",
        annuaire.profils_presents,
        annuaire.semer_profils,
        ("annuaire_profil", "comptes_utilisateur", "comptes_consentement"),
    ),
    Genre(
        "appels",
        "appels ouverts, avec leurs structures",
        annuaire.appels_presents,
        annuaire.semer_appels,
        ("annuaire_appel", "annuaire_structure"),
    ),
    Genre(
        "reponses",
        "réponses envoyées, à une consultation ouverte",
        consultation.presentes,
        consultation.semer,
        ("consultation_reponse", "consultation_avis", "consultation_priorite"),
    ),
    Genre(
        "projets",
        "projets de deux personnes, avec baromètres et check-list",
        passages.presents,
        passages.semer,
        ("ressources_projet", "ressources_passage", "ressources_reponsedevoix"),
    ),
    Genre(
        "paroles",
        "récits publiés",
        paroles.presents,
        paroles.semer,
        ("ressources_parole", "socle_entreeindex", "socle_bitsfacette"),
    ),
)


class Command(BaseCommand):
    help = (
        "Write plausible published contents, always the same for one seed. Running it again only "
        "adds what is missing."
    )

    def add_arguments(self, parser):
        for genre in GENRES:
            parser.add_argument(f"--{genre.nom}", type=int, default=0, metavar="N", help=genre.dit)
        parser.add_argument("--graine", type=int, default=1, metavar="S", help="seed (default 1)")
        parser.add_argument("--simuler", action="store_true", help="say what would be written")

    def handle(self, *, graine, simuler, **options):
        voulus = self._lire(graine, options)
        communes = self._communes()
        for genre, nombre in voulus:
            presents = genre.presents(graine, nombre)
            manquent = nombre - presents
            if simuler:
                self.stdout.write(
                    f"{genre.nom} : {manquent} seraient écrits ({presents} le sont déjà). "
                    "Rien n’a été écrit."
                )
                continue
            debut = time.monotonic()
            genre.semer(graine, nombre, communes, _progres(nombre))
            if manquent > LOT_A_ANALYSER:
                self._analyser(genre)
            duree = time.monotonic() - debut
            self.stdout.write(
                f"{genre.nom} : {manquent} écrits en {duree:.0f} s (graine {graine})."
            )

    @staticmethod
    def _lire(graine: int, options: dict) -> list[tuple[Genre, int]]:
        if not 0 <= graine <= 10**9:
            raise CommandError("--graine : donnez un nombre de 0 à 1000000000.")
        for genre in GENRES:
            if not 0 <= options[genre.nom] <= AU_PLUS:
                raise CommandError(f"--{genre.nom} : donnez un nombre de 1 à {AU_PLUS}.")
        voulus = [(genre, options[genre.nom]) for genre in GENRES if options[genre.nom]]
        if not voulus:
            noms = ", ".join(f"--{genre.nom}" for genre in GENRES)
            raise CommandError(f"Dites ce qu’il faut semer : {noms}.")
        return voulus

    @staticmethod
    def _communes() -> dict[str, list[str]]:
        """Codes by département, without Paris as a whole: its arrondissements stand for it."""
        par_departement: dict[str, list[str]] = {code: [] for code in Departement.values}
        feuilles = Commune.objects.filter(commune=None).order_by("code")
        for code, departement in feuilles.values_list("code", "departement"):
            par_departement[departement].append(code)
        if not all(par_departement.values()):
            raise CommandError("Les communes manquent : lancez d’abord charger_referentiels.")
        return par_departement

    @staticmethod
    def _analyser(genre: Genre) -> None:
        """What autovacuum would do in a minute: fresh statistics and index-only scans."""
        with connection.cursor() as curseur:
            ordre = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
            curseur.execute(f"{ordre} socle_entreeindex, socle_bitsfacette")
            curseur.execute(f"ANALYZE {', '.join(genre.tables)}")


def _progres(total: int) -> Callable[[int], None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda faits: None

    def montrer(faits: int) -> None:
        plein = 30 * faits // total
        fin = "\n" if faits == total else ""
        sys.stderr.write(f"\r{'█' * plein}{'·' * (30 - plein)} {faits}/{total}{fin}")
        sys.stderr.flush()

    return montrer
