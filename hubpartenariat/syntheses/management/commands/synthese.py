"""``manage.py synthese GENRE --parametre cle=valeur --sortie F.pdf``: a document, made now."""

import time
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hubpartenariat.socle.documents import GENRES, DemandeDocument, poids
from hubpartenariat.socle.rapports import rapports


class Command(BaseCommand):
    help = (
        "Render a document now, without worker nor row: for tests and for operators. "
        "GENRE is a report (cartographie, etat-annuel…) or a kind of document (fiche, livret…)."
    )

    def add_arguments(self, parser):
        parser.add_argument("genre")
        parser.add_argument("--parametre", action="append", default=[], metavar="cle=valeur")
        parser.add_argument("--sortie", type=Path, required=True)

    def handle(self, genre, parametre, sortie, **options):
        code = f"rapport_{genre}" if genre in rapports() else genre
        if code not in GENRES:
            connus = ", ".join(sorted({*rapports(), *GENRES}))
            raise CommandError(f"« {genre} » n’est pas un document connu : {connus}")
        debut = time.monotonic()
        try:
            contenu, pages = rendre(code, self._parametres(code, parametre))
        except ObjectDoesNotExist as erreur:
            raise CommandError("rien ne porte cette clé : vérifiez --parametre") from erreur
        except ValidationError as erreur:
            raise CommandError(f"paramètres illisibles : {' '.join(erreur.messages)}") from erreur
        except (KeyError, ValueError, LookupError) as erreur:
            raise CommandError(f"paramètres illisibles : {erreur}") from erreur
        sortie.parent.mkdir(parents=True, exist_ok=True)
        sortie.write_bytes(contenu)
        duree = time.monotonic() - debut
        self.stdout.write(f"{sortie} : {pages} pages, {poids(len(contenu))}, {duree:.1f} s")

    @staticmethod
    def _parametres(code: str, mots: list[str]) -> dict:
        """key=value; a key given twice makes a list."""
        trouves: dict = {}
        for mot in mots:
            cle, egal, valeur = mot.partition("=")
            if not egal:
                raise CommandError(f"« {mot} » ne s’écrit pas cle=valeur")
            if cle in trouves:
                deja = trouves[cle]
                valeur = [*(deja if isinstance(deja, list) else [deja]), valeur]
            trouves[cle] = valeur
        if code.startswith("rapport_"):
            trouves.setdefault("au", timezone.localdate().isoformat())
        return trouves


def rendre(code: str, parametres: dict) -> tuple[bytes, int]:
    """A document from the data of now, without writing anything."""
    genre = GENRES[code]
    donnees = genre.donnees(parametres)
    demande = DemandeDocument(
        genre=code,
        parametres=parametres,
        titre=genre.titre(parametres)[:250],
        empreinte=genre.empreinte(parametres, donnees),
        donnees=donnees,
    )
    return genre.produire(demande)
