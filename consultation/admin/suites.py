"""What is done of each proposition: decided, then announced together."""

from django.contrib import admin, messages

from consultation import suites
from consultation.admin.commun import ReserveALEquipe
from consultation.models import ActionDeSuite, Proposition, Suite
from hubpartenariat.socle.moderation import TransitionRefusee


class ActionInline(ReserveALEquipe, admin.StackedInline):
    model = ActionDeSuite
    extra = 0
    fields = ("ordre", "titre", "portee_par", "echeance", "etat", "avancement")

    def has_add_permission(self, request, obj=None):
        return self.has_view_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.has_view_permission(request)


@admin.register(Suite)
class SuiteAdmin(ReserveALEquipe, admin.ModelAdmin):
    """Drafts until they are published: a batch gives one mail to each person who asked."""

    list_display = ("proposition", "decision", "decidee_par", "decidee_le", "publiee_le")
    list_filter = ("proposition__consultation", "decision")
    list_select_related = ("proposition",)
    inlines = (ActionInline,)
    actions = ("publier",)
    fieldsets = (
        (None, {"fields": ("proposition", "decision", "fusionnee_avec", "titre_ajuste", "motif")}),
        ("Qui, quand", {"fields": ("decidee_par", "decidee_le")}),
    )

    def has_add_permission(self, request, obj=None):
        return self.has_view_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.has_view_permission(request) and obj is not None and not obj.publiee_le

    def get_readonly_fields(self, request, obj=None):
        return ("proposition",) if obj else ()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", Proposition.objects.select_related("consultation"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.action(description="Publier ces suites, et prévenir ensemble celles et ceux qui suivent")
    def publier(self, request, choisies):
        try:
            publiees, prevenues = suites.publier(choisies, request.user)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return
        messages.success(
            request, f"{publiees} suite(s) publiée(s), {prevenues} personne(s) prévenue(s)."
        )
