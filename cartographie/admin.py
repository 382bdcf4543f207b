"""Moderation of the fiches, for people who are no technicians: read, ask, decide, look back.

Nothing is edited here: every change is a transition of the model, asked for by a button and
confirmed on a page. See also echanges.py (CSV and XLSX).
"""

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse

from cartographie.echanges import FicheConfirmForm, FicheImportForm, FicheResource
from cartographie.enums import EtatFiche, Transition
from cartographie.forms import DecisionForm, RemarquesForm
from cartographie.models import Fiche
from cartographie.structures import RattachementForm, rattacher
from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.moderation_admin import AdminAvecEchanges, FiltreDeFile, attente
from hubpartenariat.socle.vocabulaires import TypeStructure

ACTIONS = dict(Transition.choices) | {
    "inviter": "Inviter une personne à écrire",
    "rattacher_structure": "Relier à une page de l’annuaire",
    "rejoindre": "Rejoindre les auteurs",
}


class EtatFilter(FiltreDeFile):
    etats = EtatFiche
    en_attente = EtatFiche.SOUMISE


class TypeFilter(admin.SimpleListFilter):
    """By type of structure; an unknown value filters nothing."""

    title = "type de structure"
    parameter_name = "type_structure"

    def lookups(self, request, model_admin):
        return TypeStructure.choices

    def queryset(self, request, queryset):
        if self.value() in TypeStructure.values:
            return queryset.filter(type_structure=self.value())
        return queryset


@admin.register(Fiche)
class FicheAdmin(AdminAvecEchanges):
    droit = "cartographie.moderer_fiche"
    dossier = "admin/cartographie/fiche"
    list_display = ["titre_affiche", "etat_affiche", "attente", "structure_nom", "auteurs_affiches"]
    list_filter = [EtatFilter, TypeFilter]
    search_fields = ["titre", "structure_nom", "resume", "auteurs__email", "auteurs__nom"]
    resource_classes = [FicheResource]
    import_form_class = FicheImportForm
    confirm_form_class = FicheConfirmForm

    # --- The queue -----------------------------------------------------------------------
    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Fiches", **(extra_context or {})})

    def get_queryset(self, request):
        fiches = Fiche.objects.moderables().prefetch_related("auteurs")
        return fiches.order_by(*self.ordering)

    @admin.display(description="fiche", ordering="titre")
    def titre_affiche(self, fiche):
        return f"{fiche} (mise à jour)" if fiche.revision_de_id else str(fiche)

    @admin.display(description="état", ordering="etat")
    def etat_affiche(self, fiche):
        return fiche.get_etat_display()

    @admin.display(description="attend depuis", ordering="etat_depuis")
    def attente(self, fiche):
        return attente(fiche.etat_depuis) if fiche.etat == EtatFiche.SOUMISE else "–"

    @admin.display(description="auteurs")
    def auteurs_affiches(self, fiche):
        return ", ".join(str(auteur) for auteur in fiche.auteurs.all()) or "–"

    # --- One fiche -----------------------------------------------------------------------
    def get_urls(self):
        decider = self.admin_site.admin_view(self.decider)
        adresse = "<int:cle>/decider/<slug:transition>/"
        rattacher = self.admin_site.admin_view(self.rattacher)
        return [
            path(adresse, decider, name="cartographie_fiche_decider"),
            path("<int:fiche>/structure/", rattacher, name="cartographie_fiche_structure"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The fiche as its reader will see it, what may be decided, and what happened."""
        fiche = self.objet(request, object_id)
        refus, permises = [], []
        for transition in Transition.de_moderation():
            raison = fiche.raison_de_ne_pas(transition, request.user)
            if raison is None:
                permises.append(transition)
            elif transition == Transition.PUBLIER and fiche.etat == EtatFiche.SOUMISE:
                refus.append((transition.label, raison))
        return self._rendre(
            request,
            "fiche.html",
            fiche,
            permises=permises,
            refus=refus,
            remarques=fiche.remarques.select_related("auteur"),
            histoire=[
                (entree, ACTIONS.get(entree.action, entree.action)) for entree in histoire(fiche)
            ],
            revisions=fiche.revisions.moderables(),
        )

    def decider(self, request, cle, transition):
        """Confirm one decision: its reason, or its remarks, are asked here."""
        fiche = self.objet(request, cle)
        if transition not in Transition.de_moderation():
            raise Http404
        transition = Transition(transition)
        if raison := fiche.raison_de_ne_pas(transition, request.user):
            messages.error(request, raison)
            return redirect("admin:cartographie_fiche_change", fiche.pk)
        formulaire = (
            RemarquesForm if transition == Transition.DEMANDER_COMPLEMENTS else DecisionForm
        )
        form = formulaire(request.POST or None, fiche=fiche, transition=transition)
        if request.method == "POST" and form.is_valid():
            try:
                publiee = getattr(fiche, transition.value)(request.user, *form.arguments())
            except TransitionRefusee as refus:
                messages.error(request, str(refus))
                return redirect("admin:cartographie_fiche_change", fiche.pk or cle)
            fiche = publiee or fiche
            messages.success(request, f"« {fiche} » : {fiche.get_etat_display().lower()}.")
            return redirect("admin:cartographie_fiche_changelist")
        return self._rendre(request, "decider.html", fiche, form=form, transition=transition)

    def rattacher(self, request, fiche):
        """Which page of the directory is that of the structure of this fiche."""
        fiche = self.objet(request, fiche)
        texte = request.GET.get("q", fiche.structure_nom)
        form = RattachementForm(request.POST or None, fiche=fiche, texte=texte)
        if request.method == "POST" and form.is_valid():
            rattacher(fiche, form.cleaned_data["structure"], request.user)
            messages.success(request, f"« {fiche} » : page de la structure enregistrée.")
            return redirect("admin:cartographie_fiche_change", fiche.pk)
        return self._rendre(request, "structure.html", fiche, form=form, texte=texte)

    def _rendre(self, request, gabarit, fiche, **contexte):
        publique = fiche.slug and fiche.etat == EtatFiche.PUBLIEE
        return self.rendre(
            request,
            gabarit,
            fiche,
            fiche=fiche,
            voit_contact=fiche.a_un_contact,
            attente=attente(fiche.etat_depuis),
            adresse_publique=publique and reverse("cartographie:fiche", args=[fiche.slug]),
            **contexte,
        )

    # --- CSV and XLSX --------------------------------------------------------------------
    def get_export_queryset(self, request):
        return super().get_export_queryset(request).prefetch_related("liens")

    def get_import_resource_kwargs(self, request, **kwargs):
        formulaire = kwargs.pop("form", None)
        arrivee = getattr(formulaire, "cleaned_data", {}).get("arrivee")
        return {"par": request.user, "publier": arrivee == "publiee"}

    def get_export_resource_kwargs(self, request, **kwargs):
        return {}

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        return initial | ({"arrivee": import_form.cleaned_data["arrivee"]} if import_form else {})
