"""The agenda for the team of the hub: written, published and cancelled here."""

from django import forms
from django.contrib import admin
from django.utils.text import capfirst

from hubpartenariat.socle.filtres_admin import FiltresDeclares
from hubpartenariat.socle.vocabulaires import Territoire
from ressources import admin_bibliotheque, admin_paroles, inscriptions  # noqa: F401 — register
from ressources.models import Evenement


@admin.register(Evenement)
class EvenementAdmin(FiltresDeclares, admin.ModelAdmin):
    list_display = ["titre", "genre", "debut", "places", "etat"]
    list_filter = ["etat", "genre"]
    search_fields = ["titre"]
    raw_id_fields = ["organisateur"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("lien", "document"):
            kwargs["assume_scheme"] = "https"
        if db_field.name in ("debut", "fin"):
            # One field, with its label, where Django draws two without any.
            return forms.DateTimeField(
                label=capfirst(db_field.verbose_name),
                widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
            )
        if db_field.name == "departements":
            return forms.MultipleChoiceField(
                label="Territoire",
                choices=Territoire.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        """More seats than before go to those who wait; a cancellation is told to all."""
        super().save_model(request, obj, form, change)
        inscriptions.promouvoir(obj)
        if obj.annule and "etat" in form.changed_data:
            inscriptions.prevenir_de_l_annulation(obj)
