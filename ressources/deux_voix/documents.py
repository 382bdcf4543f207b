"""The same results on paper: of a project (asked, then made by a worker), of a trial (at once)."""

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from hubpartenariat.socle import pdf
from hubpartenariat.socle.documents import GenreDocument, genre_de_document
from ressources.deux_voix import donnees as d
from ressources.deux_voix.lecture import lire
from ressources.deux_voix.outils import OUTILS, Outil
from ressources.enums import Voix
from ressources.models import Passage

GABARIT = "ressources/pdf/deux_voix.html"
CLE = "contours"


def contexte(donnees: dict) -> dict:
    """What the template shows besides the data."""
    return {
        "graphique": d.contours(donnees, CLE),
        "entetes": d.entetes(donnees),
        "lignes": d.cellules(donnees),
        "questions": d.questions(donnees, OUTILS[donnees["outil"]]),
        "conclus": [un for un in donnees["criteres"] if un["phrase"] or un["action"]],
    }


def images(donnees: dict) -> dict[str, str]:
    graphique = d.contours(donnees, CLE)
    return {CLE: graphique.svg} if graphique else {}


@genre_de_document
class DeuxVoixEnPdf(GenreDocument):
    """``{"passage": uuid}``: for those of the project, once both voices are in."""

    code = "deux_voix"
    gabarit = GABARIT
    version = 3

    def _passage(self, parametres) -> Passage:
        return Passage.objects.select_related("projet").get(uuid=parametres["passage"])

    def titre(self, parametres):
        return str(self._passage(parametres).get_outil_display())

    def nom_fichier(self, parametres):
        passage = self._passage(parametres)
        return f"{OUTILS[passage.outil].adresse}-{passage.ouvert_le:%Y-%m-%d}.pdf"

    def autorise(self, personne, parametres):
        lisibles = Passage.objects.devoiles().visible_par(personne)
        return lisibles.filter(uuid=parametres["passage"]).exists()

    def page(self, parametres):
        return self._passage(parametres).get_absolute_url()

    def donnees(self, parametres):
        passage = self._passage(parametres)
        tout = d.du_passage(lire(passage, Voix.PROFESSIONNEL))
        return tout | {"date": (passage.conclu_le or passage.devoile_le).isoformat()}

    def contexte(self, donnees):
        return contexte(donnees)

    def images(self, donnees):
        return images(donnees)


def d_un_essai(outil: Outil, lues: dict, jour: date) -> bytes:
    """The document of a trial, made at once and kept nowhere: a row would be a copy.

    Bounded: codes only, no word of anybody. ``lues`` may be empty: a sheet to fill by hand.
    """
    donnees = d.d_un_essai(outil, lues, jour) | {"date": jour.isoformat()}
    adresse = settings.ADRESSE_PUBLIQUE + reverse(f"ressources:{outil.code}")
    html = render_to_string(
        GABARIT,
        {"donnees": donnees, "titre": outil.titre, "adresse": adresse, "empreinte": "essai"}
        | contexte(donnees)
        | {"a_la_main": not lues, "choix": outil.choix},
    )
    return pdf.rendre(html, titre=outil.titre, date=donnees["date"], images=images(donnees))[0]
