"""Structures in the administration: the queue, decisions, doubles, requests, exchanges."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from annuaire.echanges import StructureConfirmForm, StructureImportForm, StructureResource
from annuaire.enums import EtatRattachement, EtatStructure, TransitionStructure
from annuaire.forms.structures import (
    A_MOTIVER,
    CorrectionForm,
    FusionForm,
    MotifForm,
)
from annuaire.models import Perimetre, Rattachement, Structure
from hubpartenariat.socle.filtres_admin import FiltresDeclares
from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.moderation_admin import (
    AdminAvecEchanges,
    AdminDeModeration,
    AvecDecisions,
    FiltreDeFile,
    attente,
)
from hubpartenariat.socle.vocabulaires import Territoire, TypeStructure

ACTIONS = dict(TransitionStructure.choices) | {
    "proposer": "Proposer",
    "modifier": "Modifier la page",
    "demander_rattachement": "Demander à en faire partie",
    "recevoir_double": "Recevoir un double",
    **{f"rattachement_{code}": f"Rattachement : {mot}" for code, mot in EtatRattachement.choices},
}


class EtatFilter(FiltreDeFile):
    etats = EtatStructure
    en_attente = EtatStructure.PROPOSEE


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


@admin.register(Structure)
class StructureAdmin(AvecDecisions, AdminAvecEchanges):
    droit = "annuaire.moderer_structure"
    decisions = TransitionStructure
    dossier = "admin/annuaire/structure"
    list_display = ["nom", "etat_affiche", "attente", "type_structure", "territoires"]
    list_filter = [EtatFilter, TypeFilter]
    search_fields = ["nom", "groupe", "slug"]
    resource_classes = [StructureResource]
    import_form_class = StructureImportForm
    confirm_form_class = StructureConfirmForm

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Structures", **(extra_context or {})})

    @admin.display(description="état", ordering="etat")
    def etat_affiche(self, structure):
        return structure.get_etat_display()

    @admin.display(description="attend depuis", ordering="etat_depuis")
    def attente(self, structure):
        en_attente = structure.etat == EtatStructure.PROPOSEE
        return attente(structure.etat_depuis) if en_attente else "–"

    @admin.display(description="territoires")
    def territoires(self, structure):
        return ", ".join(structure.departements)

    # --- One structure -------------------------------------------------------------------
    def get_urls(self):
        vue = self.admin_site.admin_view
        nom = "annuaire_structure"
        return [
            path("<int:cle>/corriger/", vue(self.corriger), name=f"{nom}_corriger"),
            path("<int:cle>/fusionner/", vue(self.fusionner), name=f"{nom}_fusionner"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The structure as its reader will see it, what may be decided, what happened."""
        structure = self.objet(request, object_id)
        semblables = Structure.objects.filter(nom__iexact=structure.nom).exclude(pk=structure.pk)
        return self._rendre(
            request,
            "structure.html",
            structure,
            permises=self.permises(structure, request.user),
            liens=structure.rattachements.select_related("personne").filter(
                etat__in=EtatRattachement.ouverts()
            ),
            semblables=semblables.exclude(etat=EtatStructure.FUSIONNEE),
            fiches=structure.fiches.count(),
            appels=structure.appels.count(),
            histoire=[
                (entree, ACTIONS.get(entree.action, entree.action))
                for entree in histoire(structure)
            ],
        )

    def decider(self, request, cle, transition):
        """Which structure remains is asked on a page of its own."""
        if transition == TransitionStructure.FUSIONNER:
            return redirect("admin:annuaire_structure_fusionner", self.objet(request, cle).pk)
        return super().decider(request, cle, transition)

    def formulaire_de_decision(self, request, objet, decision):
        return MotifForm(request.POST or None) if decision in A_MOTIVER else None

    def consequence(self, objet, decision):
        if decision != TransitionStructure.PUBLIER:
            return ""
        visible = "Elle sera visible de tous dans l’annuaire."
        if not objet.domaines_courriel:
            return visible
        return (
            f"{visible} Les comptes dont l’adresse vérifiée finit par "
            f"{', '.join(objet.domaines_courriel)} pourront la représenter tout de suite : "
            "vérifiez que ces fins d’adresses sont bien les siennes."
        )

    def fusionner(self, request, cle):
        """First which one stays, then what will move, then the act itself."""
        structure = self.objet(request, cle)
        if raison := structure.raison_de_ne_pas_fusionner(request.user):
            messages.error(request, raison)
            return redirect("admin:annuaire_structure_change", structure.pk)
        form = FusionForm(request.POST or request.GET or None)
        dans = form.cleaned_data["dans"] if form.is_bound and form.is_valid() else None
        if dans and (raison := structure.raison_de_ne_pas_fusionner(request.user, dans)):
            form.add_error("dans", raison)
            dans = None
        if request.method == "POST" and dans and "confirmer" in request.POST:
            acte = partial(structure.fusionner, dans, request.user)
            return self.faire(request, structure, acte)
        return self._rendre(
            request,
            "fusionner.html",
            structure,
            form=form,
            dans=dans,
            fiches=structure.fiches.count(),
            appels=structure.appels.count(),
            gens=structure.rattachements.count(),
        )

    def corriger(self, request, cle):
        """The text of the page and the ends of its addresses, by the team."""
        structure = self.objet(request, cle)
        if not request.user.has_perm("annuaire.change_structure"):
            raise PermissionDenied
        form = CorrectionForm(request.POST or None, instance=self.objet(request, cle))
        if request.method == "POST" and form.is_valid():
            if form.enregistrer(request.user, request.POST.get("_version", "")):
                messages.success(request, f"« {structure} » est corrigée.")
                return redirect("admin:annuaire_structure_change", cle)
            form.add_error(
                None, "La page a changé pendant que vous écriviez. Relisez, puis enregistrez."
            )
        version = structure.modifiee_le.isoformat()
        return self._rendre(request, "corriger.html", structure, form=form, version=version)

    def _rendre(self, request, gabarit, structure, **contexte):
        publique = structure.etat in (EtatStructure.PUBLIEE, EtatStructure.FUSIONNEE)
        return self.rendre(
            request,
            gabarit,
            structure,
            structure=structure,
            attente=attente(structure.etat_depuis),
            adresse_publique=publique and reverse("annuaire:structure", args=[structure.slug]),
            **contexte,
        )

    # --- CSV and XLSX --------------------------------------------------------------------
    def get_export_queryset(self, request):
        return super().get_export_queryset(request).select_related("commune")

    def get_import_resource_kwargs(self, request, **kwargs):
        formulaire = kwargs.pop("form", None)
        arrivee = getattr(formulaire, "cleaned_data", {}).get("arrivee")
        return {"par": request.user, "publier": arrivee == "publiee"}

    def get_export_resource_kwargs(self, request, **kwargs):
        return {}

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        return initial | ({"arrivee": import_form.cleaned_data["arrivee"]} if import_form else {})


class EtatDuLienFilter(FiltreDeFile):
    etats = EtatRattachement
    en_attente = EtatRattachement.DEMANDE
    libelle = "À vérifier"
    toutes = "Tous"


@admin.register(Rattachement)
class RattachementAdmin(AdminDeModeration):
    """Requests of people: accept, refuse, end."""

    droit = "annuaire.moderer_structure"
    decisions = TransitionStructure
    dossier = "admin/annuaire/rattachement"
    list_display = ["personne", "structure", "role", "etat", "preuve", "attente"]
    list_select_related = ["personne", "structure"]
    list_filter = [EtatDuLienFilter]
    search_fields = ["structure__nom", "personne__email", "personne__nom"]
    ordering = ["cree_le", "pk"]
    GESTES = {"accepter": "acceptée", "refuser": "refusée", "clore": "terminée"}

    @admin.display(description="attend depuis", ordering="cree_le")
    def attente(self, lien):
        return attente(lien.cree_le) if lien.etat == EtatRattachement.DEMANDE else "–"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One request, with its message and the addresses that could prove it."""
        lien = self.objet(request, object_id)
        geste = request.POST.get("geste", "")
        if request.method == "POST" and geste in self.GESTES:
            try:
                getattr(lien, geste)(request.user)
                messages.success(request, f"« {lien} » : demande {self.GESTES[geste]}.")
            except TransitionRefusee as refus:
                messages.error(request, str(refus))
            return redirect("admin:annuaire_rattachement_changelist")
        return self.rendre(
            request,
            "rattachement.html",
            lien,
            lien=lien,
            demande=lien.etat == EtatRattachement.DEMANDE,
            accepte=lien.etat == EtatRattachement.ACCEPTE,
        )


@admin.register(Perimetre)
class PerimetreAdmin(FiltresDeclares, admin.ModelAdmin):
    """Who is référent of what: written by the team."""

    list_display = ["personne", "territoires", "groupe", "public", "depuis", "en_vigueur"]
    list_select_related = ["personne"]
    search_fields = ["personne__email", "personne__nom", "groupe"]
    raw_id_fields = ["personne"]
    fields = ["personne", "departements", "groupe", "presentation", "public", "jusqu_au"]

    @admin.display(description="territoires")
    def territoires(self, perimetre):
        mots = dict(Territoire.choices)
        return ", ".join(str(mots.get(code, code)) for code in perimetre.departements)

    @admin.display(boolean=True, description="en vigueur")
    def en_vigueur(self, perimetre):
        return perimetre.jusqu_au is None or perimetre.jusqu_au >= timezone.localdate()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "departements":
            from hubpartenariat.socle.saisie import champ_de_formulaire

            return champ_de_formulaire(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
