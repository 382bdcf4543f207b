"""The synonyms of the search, kept by the staff."""

from django import forms
from django.contrib import admin

from hubpartenariat.socle.filtres_admin import FiltresDeclares, SansSuppressionEnFenetre
from hubpartenariat.socle.saisie import EtiquettesField
from hubpartenariat.socle.synonymes import GroupeDeSynonymes


class ExpressionsField(EtiquettesField):
    """Expressions with commas between them."""

    longueur, nombre = 80, 12
    widget = forms.TextInput(attrs={"size": 80, "autocomplete": "off"})


class GroupeForm(forms.ModelForm):
    termes = ExpressionsField(
        label="Expressions de même sens",
        help_text="Séparées par des virgules. Chercher l’une trouve aussi les autres.",
    )

    class Meta:
        model = GroupeDeSynonymes
        fields = ["termes"]


@admin.register(GroupeDeSynonymes)
class GroupeDeSynonymesAdmin(SansSuppressionEnFenetre, FiltresDeclares, admin.ModelAdmin):
    form = GroupeForm
    list_display = ["expressions"]
    search_fields = ["termes"]
    actions = None
    show_full_result_count = False

    @admin.display(description="expressions", ordering="termes")
    def expressions(self, groupe):
        return str(groupe)
