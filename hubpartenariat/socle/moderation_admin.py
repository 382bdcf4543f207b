"""What the moderation pages of every app share, inside Django's administration."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.tmp_storages import CacheStorage

from hubpartenariat.socle.echanges import ClasseurXLSX, CSVFrancais
from hubpartenariat.socle.filtres_admin import FiltresDeclares


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


class AdminDeModeration(FiltresDeclares, admin.ModelAdmin):
    """Rows that are decided upon, not edited: each change is a transition confirmed on a page."""

    droit = ""
    dossier = ""  # of the templates of its pages
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
        return render(request, f"{self.dossier}/{gabarit}", contexte)


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
