"""Reading what people wrote, before it is published; sentences whose numbers are computed."""

from django import forms
from django.contrib import admin, messages
from django.utils.html import format_html

from consultation import lecture_transversale
from consultation.admin.commun import ReserveALEquipe
from consultation.enums import EtatVerbatim
from consultation.models import Phrase, Remarque
from consultation.phrases import MODELES, PhraseIllisible, lire
from consultation.publication import derniere
from consultation.questionnaires import photographier
from hubpartenariat.socle.journal import consigner


@admin.register(Remarque)
class RemarqueAdmin(ReserveALEquipe, admin.ModelAdmin):
    """Read, then published without what would let somebody be recognised; or kept aside."""

    list_display = ["__str__", "proposition", "etat"]
    list_filter = ["etat", "reponse__consultation"]
    fields = ["proposition", "texte", "texte_publie", "etat"]
    readonly_fields = ["proposition", "texte"]
    list_select_related = ["proposition"]

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if obj.etat == EtatVerbatim.PUBLIE and not obj.texte_publie:
            obj.texte_publie = obj.texte
        super().save_model(request, obj, form, change)
        consigner(obj, "relire_remarque", request.user, etat=obj.etat)


class PhraseForm(forms.ModelForm):
    """Refuses a sentence that cannot be read, and says why, field by field."""

    class Meta:
        model = Phrase
        fields = ("consultation", "ordre", "texte")
        widgets = {"texte": forms.Textarea(attrs={"rows": 4, "cols": 90})}  # noqa: RUF012

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["texte"].help_text = "Les nombres s’écrivent entre accolades : " + " · ".join(
            MODELES.values()
        )

    def clean(self):
        donnees = super().clean()
        consultation = donnees.get("consultation")
        if consultation is None or "texte" not in donnees:
            return donnees
        version = derniere(consultation)
        questionnaire = version.contenu["questionnaire"] if version else photographier(consultation)
        try:
            lire(donnees["texte"], questionnaire)
        except PhraseIllisible as erreur:
            self.add_error("texte", erreur.fautes)
        return donnees


class SituationFilter(admin.SimpleListFilter):
    """Sentences that were shown and are not any more: a number has changed."""

    title = "situation"
    parameter_name = "situation"

    def lookups(self, request, model_admin):
        return [("a_relire", "Un nombre a changé")]

    def queryset(self, request, queryset):
        if self.value() != "a_relire":
            return queryset
        return queryset.filter(pk__in=lecture_transversale.toutes_a_relire())


@admin.register(Phrase)
class PhraseAdmin(ReserveALEquipe, admin.ModelAdmin):
    """Written, previewed with the numbers of today, then read over: only then is it shown."""

    form = PhraseForm
    list_display = ("apercu", "consultation", "situation")
    list_filter = ("consultation", SituationFilter)
    fields = ("consultation", "ordre", "texte", "apercu", "texte_relu", "situation")
    readonly_fields = ("apercu", "texte_relu", "situation")
    actions = ("relire",)

    def has_delete_permission(self, request, obj=None):
        return self.has_view_permission(request)

    @admin.display(description="avec les nombres d’aujourd’hui")
    def apercu(self, phrase):
        if not phrase.pk:
            return "Enregistrez pour la voir avec ses nombres."
        lue = lecture_transversale.lire_la(phrase)
        return lue.texte or format_html("<strong>{}</strong>", lue.faute)

    @admin.display(description="situation")
    def situation(self, phrase):
        return lecture_transversale.lire_la(phrase).situation if phrase.pk else "–"

    @admin.action(description="Relire : montrer ces phrases avec leurs nombres d’aujourd’hui")
    def relire(self, request, choisies):
        for phrase in choisies:
            if raison := lecture_transversale.relire(phrase, request.user):
                messages.error(request, f"« {phrase} » : {raison}")
            else:
                messages.success(request, f"Relue : « {phrase.texte_relu} »")
