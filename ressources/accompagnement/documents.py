"""The bilan and the attestations on paper."""

from django.conf import settings
from django.db.models import Q

from hubpartenariat.socle.documents import GenreDocument, genre_de_document
from hubpartenariat.socle.rapports.publication import code_a_scanner
from hubpartenariat.socle.templatetags.typographie import pluriel
from hubpartenariat.socle.typographie import nombre
from ressources.accompagnement.bilan import MOITIES, le_bilan
from ressources.models import AttestationDeProjet, Projet
from ressources.projets.documents import DocumentDeProjet
from ressources.projets.fiche import la_fiche

CODE = "code"


@genre_de_document
class BilanEnPdf(DocumentDeProjet):
    """``{"projet": uuid}``: both halves, for those of the project."""

    code = "bilan"
    gabarit = "ressources/pdf/bilan.html"
    version = 2
    intitule = "Bilan"
    adresse = "ressources:bilan"

    def donnees(self, parametres):
        projet = self.projet(parametres)
        bilan, fiche = le_bilan(projet), la_fiche(projet)
        quand = bilan.rendu_le or projet.modifie_le
        return {
            "projet": projet.titre,
            "exemple": projet.exemple,
            "date": quand.isoformat(),
            "rendu": bool(bilan.rendu_le),
            "criteres": fiche.criteres,
            "criteres_le": fiche.criteres_le.isoformat() if fiche.criteres_le else "",
            "un_seul_cote": bilan.un_seul_cote,
            "moities": [
                [
                    titre,
                    [
                        [str(bilan._meta.get_field(n).verbose_name).capitalize(), getattr(bilan, n)]
                        for n in noms
                    ],
                ]
                for titre, noms in MOITIES
            ],
        }


def _en_heures(quantite) -> str:
    """« 1 heure », « 1,5 heure », « 2 heures »."""
    return f"{nombre(quantite)} {pluriel(quantite, 'heure,heures')}"


@genre_de_document
class AttestationDeProjetEnPdf(GenreDocument):
    """``{"attestation": uuid}``: co-signed, for those of the project and for the person."""

    code = "attestation_projet"
    gabarit = "ressources/pdf/attestation.html"
    version = 2

    def attestation(self, parametres) -> AttestationDeProjet:
        cosignees = AttestationDeProjet.objects.exclude(cosignee_le=None)
        return cosignees.select_related("participation__projet").get(uuid=parametres["attestation"])

    def titre(self, parametres):
        return str(self.attestation(parametres))  # no name: this title is listed elsewhere

    def nom_fichier(self, parametres):
        return f"attestation-{self.attestation(parametres).genre}.pdf"

    def autorise(self, personne, parametres):
        if not personne.is_authenticated:
            return False
        siens = Projet.objects.visible_par(personne)
        # The person attested keeps it after leaving the project.
        lisibles = Q(participation__projet__in=siens) | Q(participation__personne=personne)
        return AttestationDeProjet.objects.filter(lisibles, uuid=parametres["attestation"]).exists()

    def page(self, parametres):
        return self.attestation(parametres).verification

    def donnees(self, parametres):
        une = self.attestation(parametres)
        return {
            "titre": str(une),
            "genre": une.genre,
            "date": une.cosignee_le.isoformat(),
            "nom": une.nom,
            "role": une.role,
            "du": une.du.isoformat(),
            "au": une.au.isoformat(),
            "heures": _en_heures(une.heures_justes) if une.heures is not None else "",
            "projet": une.participation.projet.titre,
            "exemple": une.participation.projet.exemple,
            "cosignee_nom": une.cosignee_nom,
            "code": une.en_groupes,
            "verification": f"{settings.ADRESSE_PUBLIQUE}{une.verification}",
        }

    def images(self, donnees):
        return {CODE: code_a_scanner(donnees["verification"])}
