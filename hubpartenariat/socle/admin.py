"""Mails and documents in the admin: to be looked at, and sent or made again; never edited."""

from django.conf import settings
from django.contrib import admin, messages
from django.utils.html import format_html

from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.documents import DemandeDocument, EtatDocument, poids
from hubpartenariat.socle.filtres_admin import FiltresDeclares
from hubpartenariat.socle.horaires import Execution, tableau_de_bord
from hubpartenariat.socle.synonymes_admin import GroupeDeSynonymesAdmin  # noqa: F401 — registers it


class LectureSeule(FiltresDeclares, admin.ModelAdmin):
    """Rows that the hub writes by itself."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Courriel)
class CourrielAdmin(LectureSeule):
    list_display = ["sujet", "destinataire", "etat", "essais", "cree_le", "envoye_le"]
    list_filter = ["etat", "cree_le"]
    search_fields = ["destinataire", "sujet"]
    date_hierarchy = "cree_le"
    actions = ["renvoyer"]
    fields = [
        *["destinataire", "expediteur", "sujet", "message", "etat", "essais"],
        *["prochain_essai", "erreur", "cree_le", "envoye_le"],
    ]
    readonly_fields = ["message"]

    @admin.display(description="texte")
    def message(self, courriel):
        """The text; codes and personal links only in the embedded set-up."""
        if courriel.confidentiel and not settings.EMBARQUE:
            return "Ce message porte un code ou un lien personnel : il n’est pas montré ici."
        return format_html('<div class="texte-de-courriel">{}</div>', courriel.texte)

    @admin.action(description="Renvoyer maintenant les courriels en attente ou en échec")
    def renvoyer(self, request, courriels):
        remis = sum(courriel.renvoyer() for courriel in courriels)
        texte = f"{remis} courriel(s) remis en file."
        if ecartes := courriels.count() - remis:
            texte += f" {ecartes} déjà envoyé(s) ou en cours d’envoi : laissé(s) de côté."
        self.message_user(request, texte, messages.SUCCESS if remis else messages.WARNING)

    def has_renvoyer_permission(self, request):
        return self.has_view_permission(request)

    renvoyer.allowed_permissions = ["renvoyer"]


class EchecsFilter(admin.SimpleListFilter):
    """What the team is told of: the failures of the week."""

    title = "échecs récents"
    parameter_name = "echecs"

    def lookups(self, request, model_admin):
        return [("recents", "De la semaine")]

    def queryset(self, request, queryset):
        return queryset.echecs_recents() if self.value() == "recents" else queryset


@admin.register(DemandeDocument)
class DemandeDocumentAdmin(LectureSeule):
    list_display = ["titre", "genre", "etat", "essais", "poids", "cree_le", "duree"]
    list_filter = [EchecsFilter, "etat", "genre", "cree_le"]
    search_fields = ["titre", "empreinte"]
    fields = [
        *["titre", "genre", "parametres", "etat", "essais", "erreur", "empreinte", "poids"],
        *["pages", "demandes", "cree_le", "commence_le", "termine_le"],
    ]
    readonly_fields = ["poids"]

    @admin.display(description="poids", ordering="taille")
    def poids(self, demande):
        return poids(demande.taille) if demande.etat == EtatDocument.PRET else "–"

    @admin.display(description="durée")
    def duree(self, demande):
        if not demande.termine_le or not demande.commence_le:
            return "–"
        return f"{(demande.termine_le - demande.commence_le).total_seconds():.1f} s".replace(
            ".", ","
        )


@admin.register(Execution)
class ExecutionAdmin(LectureSeule):
    """The one list of what the hub does by the clock, with the last run of each, then the runs."""

    change_list_template = "admin/socle/execution/change_list.html"
    list_display = ["libelle", "commencee_le", "duree", "resultat"]
    list_filter = ["horaire", "reussie", "commencee_le"]
    fields = ["libelle", "commencee_le", "finie_le", "resultat", "erreur"]
    readonly_fields = ["libelle", "resultat"]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {"horaires": tableau_de_bord(), **(extra_context or {})}
        )
