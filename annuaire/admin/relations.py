"""Propositions and relations for the team of the hub: states and dates, never who.

An invitation goes through the same door as the weekly round. Nobody is chosen by name: staff pick
an appel and how many people to ask; the hub finds them.
"""

import secrets

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path

from annuaire import appariement
from annuaire.enums import Canal, EtatAppel
from annuaire.models import Appel, MiseEnRelation, Sollicitation
from annuaire.sollicitations import Demande, solliciter_plusieurs
from hubpartenariat.socle.admin import LectureSeule
from hubpartenariat.socle.journal import consigner

INVITES_AU_PLUS = 10
GROUPE_MINIMAL = 5


class InvitationForm(forms.Form):
    """How many people to ask."""

    nombre = forms.IntegerField(
        label="Combien de personnes inviter ?",
        min_value=1,
        max_value=INVITES_AU_PLUS,
        initial=3,
        help_text=(
            "Le hub choisit : d’abord celles à qui l’on a écrit le moins récemment, puis au "
            "hasard. Leur plafond du mois est respecté."
        ),
    )


@admin.register(Sollicitation)
class SollicitationAdmin(LectureSeule):
    list_display = ["appel", "canal", "mois", "reponse_affichee"]
    list_filter = ["canal", "mois"]
    list_select_related = ["appel"]
    fields = ["appel", "canal", "mois", "reponse_affichee"]
    readonly_fields = fields
    actions = None
    show_full_result_count = False

    def has_module_permission(self, request):
        return request.user.has_perm("annuaire.moderer_appel")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("annuaire.moderer_appel")

    @admin.display(description="cela l’intéresse")
    def reponse_affichee(self, sollicitation):
        """A « no » and a silence look the same."""
        return "oui" if sollicitation.reponse == "interesse" else "–"

    def get_urls(self):
        inviter = self.admin_site.admin_view(self.inviter)
        adresse = "inviter/<int:appel>/"
        return [path(adresse, inviter, name="annuaire_appel_inviter"), *super().get_urls()]

    def inviter(self, request, appel):
        """Bring an appel to a few people who fit it; the page knows how many, and nothing else."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        appel = Appel._base_manager.filter(pk=appel, etat__in=EtatAppel.vivants()).first()
        if appel is None:
            raise Http404
        form = InvitationForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            nombre = form.cleaned_data["nombre"]
            trouves = appariement.candidats(appel, nombre, graine=secrets.token_hex(8))
            demandes = [Demande(un.profil_id, appel, un.raisons) for un in trouves]
            faites = solliciter_plusieurs(demandes, Canal.INVITATION)
            consigner(appel, "inviter", request.user, nombre=len(faites))
            mots = "personne reçoit" if len(faites) <= 1 else "personnes reçoivent"
            messages.success(request, f"{len(faites)} {mots} cet appel.")
            return redirect("admin:annuaire_sollicitation_changelist")
        correspondent = len(appariement.candidats(appel, 100, graine="compte"))
        contexte = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Inviter à répondre à un appel",
            "appel": appel,
            "form": form,
            "nombre": correspondent if correspondent >= GROUPE_MINIMAL else 0,
            "groupe_minimal": GROUPE_MINIMAL,
        }
        return render(request, "admin/annuaire/inviter.html", contexte)


@admin.register(MiseEnRelation)
class MiseEnRelationAdmin(LectureSeule):
    list_display = ["reference", "etat", "etat_depuis", "creee_le", "tiers_demande_le"]
    list_filter = ["etat"]
    fields = ["reference", "etat", "etat_depuis", "creee_le", "relance_le", "tiers_demande_le"]
    readonly_fields = fields
    actions = None
    show_full_result_count = False

    def has_module_permission(self, request):
        return request.user.has_perm("annuaire.moderer_appel")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("annuaire.moderer_appel")

    @admin.display(description="référence")
    def reference(self, relation):
        return str(relation)
