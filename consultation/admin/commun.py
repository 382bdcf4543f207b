"""What the administration of the consultations shares: who may, and what is fixed."""

from django.contrib import admin

from consultation.enums import EtatConsultation
from consultation.models import Consultation, Echelle, QuestionDeProfil
from hubpartenariat.socle.filtres_admin import SansSuppressionEnFenetre

DROIT = "consultation.preparer_consultation"


def consultation_de(objet) -> Consultation | None:
    """The consultation that a part of a questionnaire belongs to."""
    if objet is None or isinstance(objet, Consultation):
        return objet
    parent = getattr(objet, "echelle", None) or getattr(objet, "question", None)
    return (
        parent.consultation
        if isinstance(parent, (Echelle, QuestionDeProfil))
        else (objet.consultation)
    )


def figee(objet) -> bool:
    consultation = consultation_de(objet)
    return consultation is not None and consultation.etat != EtatConsultation.PREPARATION


class ReserveALEquipe(SansSuppressionEnFenetre):
    """Whoever prepares consultations sees and edits; nobody deletes what people answered."""

    def has_module_permission(self, request):
        return request.user.has_perm(DROIT)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(DROIT)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(DROIT)

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm(DROIT) and not figee(obj)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm(DROIT) and obj is not None and not figee(obj)


class Piece(ReserveALEquipe, admin.StackedInline):
    """Rows of a questionnaire; codes and order are fixed once it is open."""

    extra = 0
    structure = ("code", "ordre")

    def get_readonly_fields(self, request, obj=None):
        return self.structure if figee(obj) else ()
