"""Documents made from the directory."""

from collections import defaultdict
from decimal import Decimal

from django.urls import reverse

from annuaire.models import Attestation
from hubpartenariat.socle.documents import GenreDocument, genre_de_document
from hubpartenariat.socle.pdf import borner
from hubpartenariat.socle.typographie import nombre

COURT = 200
LIGNES_MAX = 400  # rows of one document; the total and the summary count them all
SANS_STRUCTURE = "structure non précisée"
SANS_NOM = "une personne de l’équipe"


@genre_de_document
class AttestationEnPdf(GenreDocument):
    """``{"attestation": uuid}``: for the person whose name it bears, and nobody else."""

    code = "attestation"
    gabarit = "annuaire/pdf/attestation.html"
    version = 1

    def attestation(self, parametres):
        return Attestation.objects.select_related("code", "profil").get(
            uuid=parametres["attestation"]
        )

    def titre(self, parametres):
        return "Attestation d’engagement"  # no name: this title is listed elsewhere

    def nom_fichier(self, parametres):
        jour = self.attestation(parametres).code.faite_le
        return f"attestation-d-engagement-{jour.isoformat()}.pdf"

    def autorise(self, personne, parametres):
        return (
            personne.is_authenticated
            and Attestation.objects.filter(
                uuid=parametres["attestation"], profil__personne=personne
            ).exists()
        )

    def page(self, parametres):
        code = self.attestation(parametres).code.en_groupes
        return reverse("annuaire:verifier_attestation", args=[code])

    def donnees(self, parametres):
        attestation = self.attestation(parametres)
        resume = defaultdict(Decimal)
        for ligne in attestation.contenu:
            resume[(ligne["structure"] or SANS_STRUCTURE, ligne["role"])] += Decimal(
                ligne["heures"]
            )
        return {
            "date": attestation.faite_le.isoformat(),
            "exemple": attestation.profil.exemple,
            "nom": borner(attestation.nom, COURT),
            "du": attestation.du.isoformat(),
            "au": attestation.au.isoformat(),
            "code": attestation.code.en_groupes,
            "heures": heures(attestation.code.heures),
            "resume": [
                {
                    "structure": borner(structure, COURT),
                    "role": borner(role, COURT),
                    "heures": heures(total),
                }
                for (structure, role), total in sorted(resume.items())[:LIGNES_MAX]
            ],
            "lignes": [
                {
                    "quand": ligne["quand"],
                    "role": borner(ligne["role"], COURT),
                    "structure": borner(ligne["structure"], COURT) or SANS_STRUCTURE,
                    "par": borner(ligne["par"], COURT) or SANS_NOM,
                    "heures": heures(Decimal(ligne["heures"])),
                }
                for ligne in attestation.contenu[:LIGNES_MAX]
            ],
            "reste": max(0, len(attestation.contenu) - LIGNES_MAX),
        }


def heures(valeur: Decimal) -> str:
    """« 12 », « 12,50 »."""
    return nombre(valeur, 0 if valeur == valeur.to_integral_value() else 2)
