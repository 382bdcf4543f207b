"""Reports, in the administration: for those who hold the right; each reading is in the journal."""

from django.contrib import admin

from annuaire import avis_suites
from annuaire.models import Message, Signalement
from annuaire.signaler import libelle_de
from hubpartenariat.socle.filtres_admin import FiltresDeclares
from hubpartenariat.socle.journal import consigner

DROIT = "annuaire.traiter_signalement"


@admin.register(Signalement)
class SignalementAdmin(FiltresDeclares, admin.ModelAdmin):
    list_display = ["recu", "a_propos", "etat"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_filter = ["etat"]
    list_select_related = ["type_objet"]
    actions = None
    ordering = ["-cree_le", "-pk"]
    fields = ["recu", "auteur", "a_propos", "objet_signale", "texte", "etat", "suite"]
    readonly_fields = ["recu", "auteur", "a_propos", "objet_signale", "texte"]

    def has_module_permission(self, request):
        return request.user.has_perm(DROIT)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(DROIT)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(DROIT)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("type_objet", "auteur")

    @admin.display(description="reçu le", ordering="cree_le")
    def recu(self, signalement):
        return signalement.cree_le

    @admin.display(description="à propos de")
    def a_propos(self, signalement):
        return libelle_de(signalement)

    @admin.display(description="ce qui est signalé")
    def objet_signale(self, signalement):
        """A message is read here, since it can be read nowhere else; the others by their name."""
        objet = signalement.objet
        if objet is None:
            return "N’existe plus"
        return objet.texte if isinstance(objet, Message) else str(objet)

    def change_view(self, request, object_id, *args, **options):
        """Reading the text is an act: it is written."""
        reponse = super().change_view(request, object_id, *args, **options)
        if request.method == "GET" and reponse.status_code == 200:
            consigner(self.get_object(request, object_id), "lire", request.user)
        return reponse

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        consigner(obj, "traiter", request.user, etat=obj.etat)
        if "etat" in form.changed_data:
            avis_suites.signalement_traite(obj)

    def log_change(self, request, obj, message):
        """The journal of the hub says it already, without the texts."""
