"""Profiles for the team of the hub: pseudonym, state, dates, ceilings. Not a word of the rest.

Nothing is searched but the pseudonym, nothing else may be asked in an address, and neither the
account nor an attribute is ever read from the database for these pages.
"""

from django import forms
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path

from annuaire.enums import EtatProfil, TransitionProfil
from annuaire.models import Profil
from hubpartenariat.socle.champs_simples import champ_motif
from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.moderation_admin import AdminDeModeration, FiltreDeFile

LUS = (
    "pk",
    "uuid",
    "pseudonyme",
    "etat",
    "etat_depuis",
    "cree_le",
    "motif",
    "sollicitations_par_mois",
    "missions_actives_max",
    "pause_jusqu_au",
    "exemple",
)
ACTIONS = dict(TransitionProfil.choices) | {
    "ouvrir": "Ouvrir",
    "mettre_en_pause": "Mettre en pause",
    "reprendre": "Finir la pause",
    "effacer_les_reponses": "Effacer ses réponses",
}


class EtatFilter(FiltreDeFile):
    etats = EtatProfil
    en_attente = EtatProfil.ACTIF
    libelle = "Ouverts"
    toutes = "Tous"


class MotifForm(forms.Form):
    """Why a profile is closed or suspended."""

    motif = champ_motif("La personne lira ce texte dans son espace.", au_plus=1000)


@admin.register(Profil)
class ProfilAdmin(AdminDeModeration):
    droit = "annuaire.moderer_profil"
    dossier = "admin/annuaire/profil"
    list_display = [
        "pseudonyme_affiche",
        "etat_affiche",
        "cree_le",
        "etat_depuis",
        "sollicitations_par_mois",
        "missions_actives_max",
    ]
    list_filter = [EtatFilter]
    search_fields = ["pseudonyme"]

    def get_queryset(self, request):
        return super().get_queryset(request).only(*LUS)

    @admin.display(description="pseudonyme", ordering="pseudonyme")
    def pseudonyme_affiche(self, profil):
        return str(profil)

    @admin.display(description="état", ordering="etat")
    def etat_affiche(self, profil):
        return (
            f"{profil.get_etat_display()}, en pause"
            if profil.en_pause
            else (profil.get_etat_display())
        )

    def get_urls(self):
        decider = self.admin_site.admin_view(self.decider)
        adresse = "<int:cle>/decider/<slug:transition>/"
        return [path(adresse, decider, name="annuaire_profil_decider"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The little that the team needs, what it may decide, what happened."""
        profil = self.objet(request, object_id)
        return self.rendre(
            request,
            "profil.html",
            profil,
            permises=[
                transition
                for transition in TransitionProfil
                if profil.raison_de_ne_pas_decider(transition, request.user) is None
            ],
            histoire=[
                (entree, ACTIONS.get(entree.action, entree.action)) for entree in histoire(profil)
            ],
        )

    def decider(self, request, cle, transition):
        """Close or suspend, with the reason that the person will read; or lift a suspension."""
        profil = self.objet(request, cle)
        if transition not in TransitionProfil.values:
            raise Http404
        transition = TransitionProfil(transition)
        if raison := profil.raison_de_ne_pas_decider(transition, request.user):
            messages.error(request, raison)
            return redirect("admin:annuaire_profil_change", profil.pk)
        envoye = request.POST if request.method == "POST" else None
        form = None if transition == TransitionProfil.LEVER else MotifForm(envoye)
        if request.method == "POST" and (form is None or form.is_valid()):
            motif = [form.cleaned_data["motif"]] if form else []
            # Read again whole: the transition locks the row and writes to its owner.
            entier = Profil.objects.select_related("personne").get(pk=profil.pk)
            try:
                getattr(entier, transition)(request.user, *motif)
            except TransitionRefusee as refus:
                messages.error(request, str(refus))
                return redirect("admin:annuaire_profil_change", profil.pk)
            messages.success(request, f"« {entier} » : {entier.get_etat_display().lower()}.")
            return redirect("admin:annuaire_profil_changelist")
        return self.rendre(request, "decider.html", profil, form=form, transition=transition)
