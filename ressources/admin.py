"""The agenda for the team of the hub: written, published and cancelled here."""

from django.contrib import admin

from hubpartenariat.socle.filtres_admin import FiltresDeclares
from ressources import inscriptions
from ressources.models import Evenement


@admin.register(Evenement)
class EvenementAdmin(FiltresDeclares, admin.ModelAdmin):
    list_display = ["titre", "genre", "debut", "places", "etat"]
    list_filter = ["etat", "genre"]
    search_fields = ["titre"]
    raw_id_fields = ["organisateur"]

    def save_model(self, request, obj, form, change):
        """More seats than before go to those who wait."""
        super().save_model(request, obj, form, change)
        inscriptions.promouvoir(obj)
