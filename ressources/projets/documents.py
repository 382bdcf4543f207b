"""A version of a charter or of a mission letter on paper, with who signed it."""

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify

from hubpartenariat.socle import pdf
from hubpartenariat.socle.documents import GenreDocument, genre_de_document
from hubpartenariat.socle.rapports.publication import code_a_scanner
from ressources.enums import GenreEcrit
from ressources.models import Ecrit, FicheProjet, Projet, Version
from ressources.projets.clauses import A_RELIRE, modele
from ressources.projets.ecrits import qui_signe
from ressources.projets.fiche import CHAMPS, QUESTIONS, la_fiche, remarque
from ressources.projets.releves import attendus, qui_valide

GABARIT = "ressources/pdf/ecrit.html"
CODE = "code"


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
                    "nom": ligne["ecrit"],
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


class DocumentDeProjet(GenreDocument):
    """``{"projet": uuid}``: a document about a whole project, for those who are in it.

    Subclasses say ``intitule`` (its name in words) and ``adresse`` (of the page that shows it).
    """

    intitule = adresse = ""

    def projet(self, parametres) -> Projet:
        return Projet.objects.get(uuid=parametres["projet"])

    def titre(self, parametres):
        return f"{self.intitule} : {self.projet(parametres)}"

    def nom_fichier(self, parametres):
        return f"{slugify(self.intitule)}.pdf"

    def autorise(self, personne, parametres):
        return Projet.objects.visible_par(personne).filter(uuid=parametres["projet"]).exists()

    def page(self, parametres):
        return reverse(self.adresse, args=[parametres["projet"]])


@genre_de_document
class InvitationAuProjetEnPdf(DocumentDeProjet):
    """A letter to hand over. It names nobody and opens nothing: who says yes gives an address."""

    code = "invitation_projet"
    gabarit = "ressources/pdf/invitation.html"
    version = 1
    intitule = "Invitation"
    adresse = "ressources:projet_inviter"

    def donnees(self, parametres):
        projet = self.projet(parametres)
        return {
            "projet": projet.titre,
            "resume": projet.resume,
            "structure": str(projet.structure) if projet.structure_id else "",
            "exemple": projet.exemple,
            "date": projet.modifie_le.isoformat(),
            "hub": settings.ADRESSE_PUBLIQUE,
        }

    def commun(self, demande):
        """It leaves the project: the foot of its page says where the hub is, not where this is."""
        return super().commun(demande) | {"adresse": settings.ADRESSE_PUBLIQUE}

    def images(self, donnees):
        return {CODE: code_a_scanner(donnees["hub"])}


@genre_de_document
class FicheProjetEnPdf(DocumentDeProjet):
    """The sheet, its steering body, its records."""

    code = "fiche_projet"
    gabarit = "ressources/pdf/fiche_projet.html"
    version = 1
    intitule = "Fiche projet"
    adresse = "ressources:projet_fiche"

    def donnees(self, parametres):
        projet = self.projet(parametres)
        fiche = la_fiche(projet)
        membres = list(fiche.pilotage.all()) if fiche.pk else []
        return {
            "projet": projet.titre,
            "resume": projet.resume,
            "exemple": projet.exemple,
            "date": (fiche.modifiee_le or projet.modifie_le).isoformat(),
            "parties": [
                [str(fiche._meta.get_field(nom).verbose_name).capitalize(), getattr(fiche, nom)]
                for nom in CHAMPS
            ],
            "membres": [[m.nom, m.get_voix_display(), m.vote] for m in membres],
            "remarque": remarque(membres) if membres else "",
            "releves": _releves(projet),
        }


def _releves(projet: Projet) -> list[dict]:
    """The records and who vouches for each. Three queries."""
    equipe = list(projet.participations.all())
    dits = [(r, qui_valide(r, equipe)) for r in projet.releves.prefetch_related("validations")]
    return [
        {
            "titre": releve.titre,
            "le": releve.tenue_le.isoformat(),
            "texte": releve.texte,
            "valides": [ligne["nom"] for ligne in lignes if ligne["validation"]],
            "attendus": attendus(lignes),
        }
        for releve, lignes in dits
    ]


def fiche_a_remplir(jour: date) -> bytes:
    """The sheet with its questions and room to write, made at once."""
    champs = FicheProjet._meta
    donnees = {
        "projet": "Fiche projet",
        "date": jour.isoformat(),
        "parties": [
            [str(champs.get_field(nom).verbose_name).capitalize(), QUESTIONS[nom]] for nom in CHAMPS
        ],
        "a_la_main": True,
    }
    adresse = settings.ADRESSE_PUBLIQUE + reverse("ressources:fiche_projet")
    html = render_to_string(
        "ressources/pdf/fiche_projet.html",
        {"donnees": donnees, "titre": "Fiche projet", "adresse": adresse, "empreinte": "essai"},
    )
    return pdf.rendre(html, titre="Fiche projet", date=donnees["date"])[0]
