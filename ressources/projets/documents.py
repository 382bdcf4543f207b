"""A version of a charter or of a mission letter on paper, with who signed it."""

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from hubpartenariat.socle import pdf
from hubpartenariat.socle.documents import GenreDocument, genre_de_document
from ressources.enums import GenreEcrit
from ressources.models import Ecrit, Version
from ressources.projets.clauses import A_RELIRE, modele
from ressources.projets.ecrits import qui_signe

GABARIT = "ressources/pdf/ecrit.html"


@genre_de_document
class EcritEnPdf(GenreDocument):
    """``{"version": key}``: for those of the project."""

    code = "ecrit"
    gabarit = GABARIT
    version = 1

    def _version(self, parametres) -> Version:
        return Version.objects.select_related("ecrit__projet").get(pk=parametres["version"])

    def titre(self, parametres):
        return str(self._version(parametres).ecrit)

    def nom_fichier(self, parametres):
        version = self._version(parametres)
        return f"{version.ecrit.genre}-version-{version.numero}.pdf"

    def autorise(self, personne, parametres):
        return Ecrit.objects.visible_par(personne).filter(versions=parametres["version"]).exists()

    def page(self, parametres):
        return self._version(parametres).ecrit.get_absolute_url()

    def donnees(self, parametres):
        version = self._version(parametres)
        return {
            "titre": version.ecrit.titre,
            "projet": version.ecrit.projet.titre,
            "exemple": version.ecrit.projet.exemple,
            "numero": version.numero,
            "date": version.proposee_le.isoformat(),
            "clauses": version.clauses,
            "empreinte_du_texte": version.empreinte,
            "mention": A_RELIRE,
            "signatures": [
                {
                    "nom": ligne["signature"].nom if ligne["signature"] else ligne["nom"],
                    "voix": ligne["voix"],
                    "le": ligne["signature"].signee_le.isoformat() if ligne["signature"] else "",
                }
                for ligne in qui_signe(version)
            ],
        }


def d_un_essai(genre: str, mots: dict[str, str], jour: date) -> bytes:
    """Our model on paper, made at once and kept nowhere."""
    donnees = {
        "titre": GenreEcrit(genre).label,
        "projet": mots["projet"],
        "date": jour.isoformat(),
        "clauses": modele(genre, **mots),
        "mention": A_RELIRE,
        "signatures": [],
        "essai": True,
    }
    adresse = settings.ADRESSE_PUBLIQUE + reverse(f"ressources:{genre}")
    html = render_to_string(
        GABARIT,
        {"donnees": donnees, "titre": donnees["titre"], "adresse": adresse, "empreinte": "essai"},
    )
    return pdf.rendre(html, titre=donnees["titre"], date=donnees["date"])[0]
