"""Stories in the administration: the queue, what everybody will read, what is decided."""

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path

from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.moderation_admin import AdminDeModeration, FiltreDeFile, attente
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
class ParoleAdmin(AdminDeModeration):
    """Drafts are their author's: the team reads a story once it is sent."""

    droit = "ressources.moderer_parole"
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

    def get_urls(self):
        vue, nom = self.admin_site.admin_view, "ressources_parole"
        return [
            path("<int:cle>/decider/<slug:transition>/", vue(self.decider), name=f"{nom}_decider"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The story as everybody will read it, as it is written, whom it quotes, its history."""
        une = self.objet(request, object_id)
        par_transition = [(t, une.raison_de_ne_pas(t, request.user)) for t in DecisionParole]
        copie = une.publie or une.copie()
        return self._rendre(
            request,
            "parole.html",
            une,
            permises=[transition for transition, raison in par_transition if raison is None],
            copie=copie,
            reponses=reponses(copie),
            ecrit=[(mot, getattr(une, nom)) for nom, mot in QUESTIONS.items()],
            citees=une.citees.select_related("parole"),
            histoire=[
                (entree, ACTIONS.get(entree.action, entree.action)) for entree in histoire(une)
            ],
        )

    def decider(self, request, cle, transition):
        """Publish, ask, decline, withdraw; the reason is asked here."""
        une = self.objet(request, cle)
        if transition not in DecisionParole.values:
            raise Http404
        transition = DecisionParole(transition)
        if raison := une.raison_de_ne_pas(transition, request.user):
            messages.error(request, raison)
            return redirect("admin:ressources_parole_change", une.pk)
        form = MotifForm(request.POST or None) if transition in A_MOTIVER else None
        if request.method == "POST" and (form is None or form.is_valid()):
            return self._faire(request, une, transition, form.cleaned_data if form else {})
        return self._rendre(request, "decider.html", une, form=form, transition=transition)

    def _faire(self, request, une, transition, suite):
        try:
            getattr(une, transition)(request.user, **suite)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return redirect("admin:ressources_parole_change", une.pk)
        messages.success(request, f"« {une} » : {une.get_etat_display().lower()}.")
        return redirect("admin:ressources_parole_changelist")

    def _rendre(self, request, gabarit, une, **contexte):
        return self.rendre(
            request, gabarit, une, parole=une, attente=attente(une.etat_depuis), **contexte
        )
