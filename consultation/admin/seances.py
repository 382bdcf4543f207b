"""Preparing live sessions; leading them happens on their own page."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from consultation.admin.commun import ReserveALEquipe
from consultation.enums import EtatSeance
from consultation.models import Proposition, QuestionDeSeance, Seance


class QuestionInline(ReserveALEquipe, admin.StackedInline):
    model = QuestionDeSeance
    extra = 0
    fields = ("ordre", "genre", "intitule", "choix", "proposition")

    def has_add_permission(self, request, obj=None):
        return self.has_view_permission(request) and _vivante(obj)

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request) and _vivante(obj)

    def has_delete_permission(self, request, obj=None):
        """A question that may have been answered stays."""
        return self.has_view_permission(request) and (obj is None or obj.etat == "preparation")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", Proposition.objects.select_related("consultation"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _vivante(seance) -> bool:
    return seance is None or seance.etat != EtatSeance.CLOSE


@admin.register(Seance)
class SeanceAdmin(ReserveALEquipe, admin.ModelAdmin):
    list_display = ("titre", "date", "etat", "code", "animation")
    list_filter = ("etat",)
    search_fields = ("titre", "code")
    inlines = (QuestionInline,)
    fields = ("titre", "date", "consultation", "code", "animation")
    readonly_fields = ("code", "animation")

    def has_add_permission(self, request, obj=None):
        return self.has_view_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.has_view_permission(request) and obj is not None and obj.etat == "preparation"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "date":
            return forms.DateField(
                label="Date", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.animee_par = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description="animation")
    def animation(self, seance):
        if not seance.pk:
            return "Enregistrez d’abord la séance."
        return format_html('<a href="{}">Animer</a>', reverse("seance:animer", args=[seance.code]))
