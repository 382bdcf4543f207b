"""The agenda for the team of the hub: written here, decided by buttons."""

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from hubpartenariat.socle.filtres_admin import FiltresDeclares
from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation_admin import AvecDecisions, FiltreDeFile, attente
from hubpartenariat.socle.vocabulaires import Territoire
from ressources import inscriptions
from ressources.agenda.transitions import CHANGE
from ressources.enums import DecisionEvenement, EtatEvenement
from ressources.forms.agenda import LectureForm, RefusForm
from ressources.models import Evenement

ACTIONS = dict(DecisionEvenement.choices) | {"proposer": "Proposer", "corriger": "Corriger"}
CONSEQUENCES = {
    DecisionEvenement.PUBLIER: "Il sera visible de tous, et chacun pourra réserver une place.",
    DecisionEvenement.REFUSER: "Il restera caché.",
    DecisionEvenement.REPRENDRE: "Il ne sera plus visible que de l’équipe.",
}


class EtatFilter(FiltreDeFile):
    """Everything by default: the team writes events as much as it reads proposals."""

    etats = EtatEvenement
    libelle = "Tous"

    def lookups(self, request, model_admin):
        return EtatEvenement.choices

    def queryset(self, request, queryset):
        connu = self.value() in EtatEvenement.values
        return queryset.filter(etat=self.value()) if connu else queryset


class EvenementAdminForm(forms.ModelForm):
    """The words of an event; its state is moved by decisions."""

    # What the page showed: its organiser may correct the event meanwhile.
    lu = forms.CharField(required=False, widget=forms.HiddenInput)
    retirer_le_fichier = forms.BooleanField(
        label="Retirer le fichier que l’organisateur a joint", required=False
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["lu"] = self.instance.tampon

    def clean_code_seance(self):
        """As people type it: the case and the spaces of a code do not count."""
        code = "".join(self.cleaned_data["code_seance"].split()).upper()
        if code and not apps.get_model("consultation.Seance").objects.filter(code=code).exists():
            raise forms.ValidationError("Aucune séance ne porte ce code.")
        return code

    def clean(self):
        donnees = super().clean()
        lu = donnees.get("lu")
        if self.instance.pk and lu and lu != self.initial["lu"]:
            raise forms.ValidationError(CHANGE)
        return donnees


@admin.register(Evenement)
class EvenementAdmin(AvecDecisions, FiltresDeclares, admin.ModelAdmin):
    form = EvenementAdminForm
    decisions = DecisionEvenement
    dossier = "admin/ressources/evenement"
    list_display = ["titre", "genre", "debut", "etat_affiche", "attente"]
    list_filter = [EtatFilter, "genre"]
    search_fields = ["titre"]
    raw_id_fields = ["organisateur"]
    readonly_fields = ["fichier_joint"]
    # Moved by decisions alone, or drawn by the template.
    hors_du_formulaire = ("etat", "motif", "lu")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Événements", **(extra_context or {})})

    @admin.display(description="état", ordering="etat")
    def etat_affiche(self, un):
        return un.get_etat_display()

    @admin.display(description="attend depuis", ordering="etat_depuis")
    def attente(self, un):
        return attente(un.etat_depuis) if un.etat == EtatEvenement.PROPOSE else "–"

    @admin.display(description="fichier joint")
    def fichier_joint(self, un):
        """Read here before and after it is shown: as an attachment, from its page."""
        if not un.a_un_fichier:
            return "aucun"
        adresse = reverse("agenda:fichier", args=[un.uuid])
        return format_html('<a href="{}">{}</a>', adresse, un.fichier_nom)

    # --- The form ------------------------------------------------------------------------
    def get_exclude(self, request, obj=None):
        return ("etat", "motif")

    def get_fields(self, request, obj=None):
        du_fichier = () if obj and obj.a_un_fichier else ("fichier_joint", "retirer_le_fichier")
        absents = {*self.hors_du_formulaire, *du_fichier}
        return [champ for champ in super().get_fields(request, obj) if champ not in absents]

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

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The state and what may be decided of it, above the form; what happened, below."""
        un = self.get_object(request, object_id)
        contexte = un and {
            "title": "Événement",
            "evenement": un,
            "permises": self.permises(un, request.user),
            "attente": attente(un.etat_depuis),
            "histoire": [(une, ACTIONS.get(une.action, une.action)) for une in histoire(un)],
        }
        return super().change_view(request, object_id, form_url, contexte)

    def save_model(self, request, obj, form, change):
        """More seats go to those who wait; whoever comes is told of another day or place."""
        avant = Evenement.objects.filter(pk=obj.pk).first() if change else None
        if form.cleaned_data.get("retirer_le_fichier"):
            obj.oublier_le_fichier()
        super().save_model(request, obj, form, change)
        inscriptions.promouvoir(obj)
        if avant and avant.rendez_vous != obj.rendez_vous:
            inscriptions.prevenir_du_changement(obj)
            messages.info(request, "Les personnes inscrites reçoivent un e-mail.")

    def response_post_save_add(self, request, obj):
        """To its page, where it is published."""
        messages.info(request, "C’est un brouillon : publiez-le quand il est prêt.")
        return redirect("admin:ressources_evenement_change", obj.pk)

    # --- Decisions -----------------------------------------------------------------------
    def formulaire_de_decision(self, request, objet, decision):
        envoye = request.POST if request.method == "POST" else None
        if decision == DecisionEvenement.PUBLIER:
            return LectureForm(envoye, evenement=objet)
        if decision == DecisionEvenement.REFUSER:
            return RefusForm(envoye, evenement=objet)
        return None

    def consequence(self, objet, decision):
        if decision in CONSEQUENCES:
            return CONSEQUENCES[decision]
        nombre = objet.inscriptions.count()
        if not nombre:
            return "Il n’aura pas lieu. Personne n’y est inscrit."
        if nombre == 1:
            return "Il n’aura pas lieu. La personne inscrite recevra un e-mail."
        return f"Il n’aura pas lieu. Les {nombre} personnes inscrites recevront un e-mail."
