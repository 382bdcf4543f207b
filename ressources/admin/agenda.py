"""The agenda for the team of the hub: written, published and cancelled here."""

from django import forms
from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from hubpartenariat.socle.filtres_admin import FiltresDeclares
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.vocabulaires import Territoire
from ressources import inscriptions
from ressources.models import Evenement


class EvenementAdminForm(forms.ModelForm):
    """The state is moved by the same transitions as on the site: refused here, with the reason."""

    # What the page showed: its organiser may correct the event meanwhile.
    lu = forms.CharField(required=False, widget=forms.HiddenInput)
    retirer_le_fichier = forms.BooleanField(
        label="Retirer le fichier que l’organisateur a joint", required=False
    )

    class Meta:
        help_texts = {  # noqa: RUF012
            "etat": "« Publié » le montre à tout le monde. La personne qui l’a proposée reçoit "
            "un e-mail.",
            "motif": "Si vous ne publiez pas, dites pourquoi : la personne le lira.",
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["lu"] = self.instance.modifie_le.isoformat()

    def clean(self):
        donnees = super().clean()
        lu = donnees.get("lu")
        if self.instance.pk and lu and lu != self.initial["lu"]:
            raise forms.ValidationError(
                "Cet événement a changé depuis que cette page est ouverte : ouvrez-le de nouveau."
            )
        if self.instance.pk and "etat" in self.changed_data and donnees.get("etat"):
            actuel = Evenement.objects.get(pk=self.instance.pk)
            if actuel.etat != self.initial["etat"]:
                raise forms.ValidationError("L’état a changé entre-temps. Rechargez la page.")
            motif = donnees.get("motif") or ""
            if raison := actuel.raison_de_ne_pas_decider(None, donnees["etat"], motif):
                self.add_error("motif", raison)
        return donnees


@admin.register(Evenement)
class EvenementAdmin(FiltresDeclares, admin.ModelAdmin):
    form = EvenementAdminForm
    list_display = ["titre", "genre", "debut", "places", "etat"]
    list_filter = ["etat", "genre"]
    search_fields = ["titre"]
    raw_id_fields = ["organisateur"]
    readonly_fields = ["fichier_joint"]

    def get_fields(self, request, obj=None):
        """All but the hidden one, which the template draws without a label."""
        return [champ for champ in super().get_fields(request, obj) if champ != "lu"]

    @admin.display(description="fichier joint")
    def fichier_joint(self, un):
        """Read here before and after it is shown: as an attachment, from its page."""
        if not un.a_un_fichier:
            return "aucun"
        adresse = reverse("agenda:fichier", args=[un.uuid])
        return format_html('<a href="{}">{}</a>', adresse, un.fichier_nom)

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
        """The state moves by a transition, in the journal; more seats go to those who wait."""
        vers = obj.etat
        if form.cleaned_data.get("retirer_le_fichier"):
            obj.oublier_le_fichier()
        if change:
            obj.etat = form.initial["etat"]
        super().save_model(request, obj, form, change)
        if change and "etat" in form.changed_data:
            try:
                obj.decider(request.user, vers, obj.motif)
            except TransitionRefusee as refus:
                messages.error(request, str(refus))
        inscriptions.promouvoir(obj)
