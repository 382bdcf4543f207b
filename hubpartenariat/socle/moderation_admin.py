"""What the moderation pages of every app share, inside Django's administration."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.tmp_storages import CacheStorage

from hubpartenariat.socle.echanges import ClasseurXLSX, CSVFrancais
from hubpartenariat.socle.filtres_admin import FiltresDeclares
from hubpartenariat.socle.moderation import TransitionRefusee


def attente(depuis) -> str:
    """How long, in words: « 3 jours »."""
    jours = (timezone.localdate() - timezone.localtime(depuis).date()).days
    return {0: "aujourd’hui", 1: "1 jour"}.get(jours, f"{jours} jours")


class FiltreDeFile(admin.SimpleListFilter):
    """The queue (``en_attente``) by default; every other state of ``etats`` one click away."""

    title = "état"
    parameter_name = "etat"
    etats = None
    en_attente = ""
    libelle = "À modérer"
    toutes = "Toutes"

    def lookups(self, request, model_admin):
        autres = [choix for choix in self.etats.choices if choix[0] != self.en_attente]
        return [*autres, ("toutes", self.toutes)]

    def choices(self, changelist):
        valeur = self.value()
        file = {
            "selected": valeur is None,
            "query_string": changelist.get_query_string(remove=["etat"]),
        }
        yield file | {"display": self.libelle}
        for code, libelle in self.lookup_choices:
            adresse = changelist.get_query_string({"etat": code})
            yield {"selected": valeur == code, "query_string": adresse, "display": libelle}

    def queryset(self, request, queryset):
        if self.value() == "toutes":
            return queryset
        etat = self.value() if self.value() in self.etats.values else self.en_attente
        return queryset.filter(etat=etat)


class PagesDeModeration:
    """Pages of one row, of our own, beside those of Django."""

    dossier = ""  # of their templates, looked for before those that all share

    def objet(self, request, cle):
        """The row, if this person may see it here."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        trouve = self.get_object(request, str(cle))
        if trouve is None:
            raise Http404
        return trouve

    def rendre(self, request, gabarit, objet, **contexte):
        contexte = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(objet),
            "objet": objet,
            **contexte,
        }
        return render(request, [f"{self.dossier}/{gabarit}", f"admin/socle/{gabarit}"], contexte)


class AvecDecisions(PagesDeModeration):
    """Decisions of the team: each is asked on a page of its own, then done by the model's method.

    The model has ``raison_de_ne_pas(decision, par)`` and a method named by each decision, that
    takes ``par`` and what the form of the decision gives.
    """

    decisions = None  # TextChoices

    def get_urls(self):
        vue, nom = self.admin_site.admin_view(self.decider), self._nom_de("decider")
        chemin = "<int:cle>/decider/<slug:transition>/"
        return [path(chemin, vue, name=nom.removeprefix("admin:")), *super().get_urls()]

    def permises(self, objet, par) -> list:
        """Decisions that this person may take now."""
        return [d for d in self.decisions if objet.raison_de_ne_pas(d, par) is None]

    def formulaire_de_decision(self, request, objet, decision):
        """What this decision asks; None when it asks nothing."""
        return

    def consequence(self, objet, decision) -> str:
        """What will happen, said before it does."""
        return ""

    def dit_fait(self, objet, decision) -> str:
        return objet.get_etat_display().lower()

    def decider(self, request, cle, transition):
        """Ask, then do, and say it."""
        objet = self.objet(request, cle)
        if transition not in self.decisions.values:
            raise Http404
        decision = self.decisions(transition)
        if raison := objet.raison_de_ne_pas(decision, request.user):
            messages.error(request, raison)
            return redirect(self._nom_de("change"), objet.pk)
        form = self.formulaire_de_decision(request, objet, decision)
        if request.method == "POST" and (form is None or form.is_valid()):
            suite = form.cleaned_data if form else {}
            acte = partial(getattr(objet, decision), request.user, **suite)
            return self.faire(request, objet, acte, decision)
        dit = {"decision": decision, "consequence": self.consequence(objet, decision)}
        return self.rendre(request, "decider.html", objet, form=form, **dit)

    def faire(self, request, objet, acte, decision=None):
        """Do it and say it; back to the list. Refused: back to the row, with the reason."""
        try:
            acte()
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return redirect(self._nom_de("change"), objet.pk)
        messages.success(request, f"« {objet} » : {self.dit_fait(objet, decision)}.")
        return redirect(self._nom_de("changelist"))

    def _nom_de(self, page: str) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"


class AdminDeModeration(PagesDeModeration, FiltresDeclares, admin.ModelAdmin):
    """Rows that are decided upon, not edited: each change is a transition confirmed on a page."""

    droit = ""
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    ordering = ["etat_depuis", "pk"]

    def has_module_permission(self, request):
        return request.user.has_perm(self.droit)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(self.droit)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class AdminAvecEchanges(ImportExportMixin, AdminDeModeration):
    """The same, with CSV and XLSX: all who moderate export, administrators import."""

    export_form_class = ExportForm
    tmp_storage_class = CacheStorage  # any worker may receive the confirmation
    formats = [CSVFrancais, ClasseurXLSX]
    skip_import_confirm = False
    skip_admin_log = True

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def has_import_permission(self, request):
        return self.has_view_permission(request) and request.user.a_role("administrateur")

    def get_valid_export_item_pks(self, request):
        """No selection is exported: the list has no actions."""
        return []

    def export_action(self, request):
        """Like the list: filters that mean nothing lead back to it, not to an error."""
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
