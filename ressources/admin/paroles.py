"""Stories in the administration: the queue, what everybody will read, what is decided."""

from django.contrib import admin

from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation_admin import (
    AdminDeModeration,
    AvecDecisions,
    FiltreDeFile,
    attente,
)
from ressources.enums import DecisionParole, EtatParole
from ressources.forms.paroles import MotifForm
from ressources.models import Parole
from ressources.models.paroles import QUESTIONS
from ressources.paroles.lecture import reponses
from ressources.paroles.transitions import A_MOTIVER

ACTIONS = dict(DecisionParole.choices) | {
    "ecrire": "Commencer",
    "soumettre": "Envoyer",
    "reprendre": "Reprendre",
    "accorder": "Une personne citée est d’accord",
    "ne_pas_accorder": "Une personne citée n’est pas d’accord",
}


class EtatFilter(FiltreDeFile):
    etats = EtatParole
    en_attente = EtatParole.PROPOSEE
    toutes = "Tous"


@admin.register(Parole)
class ParoleAdmin(AvecDecisions, AdminDeModeration):
    """Drafts are their author's: the team reads a story once it is sent."""

    droit = "ressources.moderer_parole"
    decisions = DecisionParole
    dossier = "admin/ressources/parole"
    list_display = ["__str__", "etat_affiche", "attente", "raconte"]
    list_filter = [EtatFilter]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(attestee_le=None).select_related("auteur")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Paroles", **(extra_context or {})})

    @admin.display(description="état", ordering="etat")
    def etat_affiche(self, une):
        return une.get_etat_display()

    @admin.display(description="attend depuis", ordering="etat_depuis")
    def attente(self, une):
        return attente(une.etat_depuis) if une.etat == EtatParole.PROPOSEE else "–"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The story as everybody will read it, as it is written, whom it quotes, its history."""
        une = self.objet(request, object_id)
        copie = une.publie or une.copie()
        return self.rendre(
            request,
            "parole.html",
            une,
            parole=une,
            attente=attente(une.etat_depuis),
            permises=self.permises(une, request.user),
            copie=copie,
            reponses=reponses(copie),
            ecrit=[(mot, getattr(une, nom)) for nom, mot in QUESTIONS.items()],
            citees=une.citees.select_related("parole"),
            histoire=[
                (entree, ACTIONS.get(entree.action, entree.action)) for entree in histoire(une)
            ],
        )

    def formulaire_de_decision(self, request, objet, decision):
        return MotifForm(request.POST or None) if decision in A_MOTIVER else None

    def consequence(self, objet, decision):
        if decision != DecisionParole.PUBLIER:
            return ""
        return (
            "Ce récit sera visible de tous, avec les seuls noms acceptés. Vérifiez qu’aucun autre "
            "nom n’y est écrit."
        )
