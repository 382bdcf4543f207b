"""What a consultation puts on paper: the letter that invites, the questionnaire to fill by hand."""

from django.conf import settings
from django.urls import reverse

from consultation.enums import EtatConsultation
from consultation.models import Consultation
from consultation.pages import minutes
from consultation.questionnaires import NSP_LIBELLE, photographier
from hubpartenariat.socle.documents import GenreDocument, genre_de_document
from hubpartenariat.socle.rapports.publication import code_a_scanner

CODE = "code"


class DeConsultation(GenreDocument):
    """``{"consultation": slug}``: for whoever may know of the consultation, visitors included."""

    publie = True
    intitule = ""

    def consultation(self, parametres) -> Consultation:
        return Consultation.objects.get(slug=parametres["consultation"])

    def titre(self, parametres):
        return f"{self.intitule} : {self.consultation(parametres)}"

    def autorise(self, personne, parametres):
        visibles = Consultation.objects.visible_par(personne)
        return visibles.filter(slug=parametres.get("consultation", "")).exists()

    def donnees(self, parametres):
        une = self.consultation(parametres)
        return {
            "titre": une.titre,
            "exemple": une.exemple,
            "ferme_le": une.ferme_le.isoformat() if une.ferme_le else "",
            "date": (une.ouvre_le or une.cree_le).isoformat(),
        }


@genre_de_document
class LettreDInvitation(DeConsultation):
    """One page to hand over or to pin up, while answers are accepted (or before)."""

    code = "lettre_invitation"
    gabarit = "consultation/pdf/lettre.html"
    intitule = "Invitation"

    def nom_fichier(self, parametres):
        return f"invitation-{parametres['consultation']}.pdf"

    def autorise(self, personne, parametres):
        return super().autorise(personne, parametres) and self.consultation(parametres).etat in (
            EtatConsultation.PREPARATION,
            EtatConsultation.OUVERTE,
        )

    def page(self, parametres):
        return reverse("consultation:entree", args=[parametres["consultation"]])

    def donnees(self, parametres):
        une = self.consultation(parametres)
        questions = photographier(une)
        return super().donnees(parametres) | {
            "minutes": minutes(questions),
            "presentation": [ligne for ligne in une.presentation.splitlines() if ligne.strip()],
            "themes": [theme["titre"] for theme in questions["themes"]],
            "page": f"{settings.ADRESSE_PUBLIQUE}{self.page(parametres)}",
            "contact": settings.ADRESSE_DE_CONTACT,
        }

    def images(self, donnees):
        return {CODE: code_a_scanner(donnees["page"])}


@genre_de_document
class Questionnaire(DeConsultation):
    """The same words as on screen, boxes to tick, lines to write on; staff enter it afterwards."""

    code = "questionnaire"
    gabarit = "consultation/pdf/questionnaire.html"
    intitule = "Questionnaire"

    def nom_fichier(self, parametres):
        return f"questionnaire-{parametres['consultation']}.pdf"

    def page(self, parametres):
        return reverse("consultation:papier", args=[parametres["consultation"]])

    def donnees(self, parametres):
        questions = photographier(self.consultation(parametres))
        return super().donnees(parametres) | {"questions": questions, "nsp": NSP_LIBELLE}
