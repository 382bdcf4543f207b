"""Accounts in the admin, for people who are no technicians: find, give roles, open, close."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.html import format_html, format_html_join

from hubpartenariat.comptes.enums import Role
from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.socle.filtres_admin import FiltresDeclares
from hubpartenariat.socle.journal import histoire

GESTES = {
    "roles": "Rôles changés",
    "desactivation": "Compte fermé",
    "reactivation": "Compte rouvert",
    "suppression": "Compte supprimé par la personne",
    "deuxieme_etape_retiree": "Deuxième étape retirée",
}


class CompteForm(forms.ModelForm):
    """What an administrator may change of an account."""

    roles = forms.MultipleChoiceField(
        label="Rôles",
        required=False,
        choices=[(role.value, f"{role.label} – {role.description}") for role in Role],
        widget=forms.CheckboxSelectMultiple,
        help_text="Ils s’ajoutent. Modérateur et administrateur ouvrent l’administration.",
    )

    class Meta:
        model = Utilisateur
        fields = ["email", "nom", "is_active"]
        labels = {"is_active": "Compte ouvert"}
        help_texts = {"is_active": "Fermé, il ne permet plus d’entrer ; son contenu reste."}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            self.fields["roles"].initial = sorted(self.instance.roles)
        else:
            self.fields["roles"].initial = [Role.MEMBRE]

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        donnees = super().clean()
        ferme = donnees.get("is_active") is False
        perd = Role.ADMINISTRATEUR not in donnees.get("roles", [])
        if self.instance.pk and (ferme or perd) and self.instance._est_dernier_administrateur():
            raise ValidationError(
                "Ce compte est le dernier administrateur du hub : donnez d’abord ce rôle à une "
                "autre personne."
            )
        return donnees


class FiltreRole(admin.SimpleListFilter):
    title = "rôle"
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() in Role else queryset


@admin.register(Utilisateur)
class UtilisateurAdmin(FiltresDeclares, admin.ModelAdmin):
    class Media:
        css = {"all": ["css/admin_comptes.css"]}

    form = CompteForm
    list_display = ["email", "nom", "les_roles", "a_une_etape", "is_active", "last_login"]
    list_filter = [FiltreRole, "is_active"]
    search_fields = ["email", "nom"]
    ordering = ["-date_joined"]
    list_per_page = 50
    actions = ["retirer_la_deuxieme_etape"]
    readonly_fields = ["a_une_etape", "last_login", "date_joined", "gestes"]
    fieldsets = [
        (None, {"fields": ["email", "nom", "is_active", "roles"]}),
        ("Connexion", {"fields": ["a_une_etape", "last_login", "date_joined"]}),
        ("Ce qui a été fait sur ce compte", {"fields": ["gestes"]}),
    ]

    def get_queryset(self, request):
        etapes = Authenticator.objects.filter(user=OuterRef("pk"))
        return (
            super().get_queryset(request).annotate(etape=Exists(etapes)).prefetch_related("groups")
        )

    def get_readonly_fields(self, request, obj=None):
        # The address is changed by its owner, who proves to read it.
        return [*self.readonly_fields, *(["email"] if obj else [])]

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["email", "nom", "roles"]})]
        if not self.has_change_permission(request, obj):
            sans_roles = [None, {"fields": ["email", "nom", "is_active", "les_roles"]}]
            return [sans_roles, *self.fieldsets[1:]]
        return self.fieldsets

    def has_delete_permission(self, request, obj=None):
        return False  # an account is closed, or deleted by its owner

    @admin.display(description="rôles")
    def les_roles(self, compte):
        noms = {groupe.name for groupe in compte.groups.all()}
        return ", ".join(role.label for role in Role if role in noms) or "–"

    @admin.display(description="deuxième étape", boolean=True, ordering="etape")
    def a_une_etape(self, compte):
        return compte.etape

    @admin.display(description="journal")
    def gestes(self, compte):
        lignes = [
            (ligne.quand.strftime("%d/%m/%Y"), GESTES.get(ligne.action, ligne.action), ligne.qui)
            for ligne in histoire(compte)[:20]
        ]
        if not lignes:
            return "Rien pour le moment"
        puces = format_html_join(
            "", "<li>{} : {}, par {}</li>", ((q, g, qui or "le hub") for q, g, qui in lignes)
        )
        return format_html("<ul>{}</ul>", puces)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            EmailAddress.objects.get_or_create(user=obj, email=obj.email, primary=True)
            self.message_user(
                request,
                f"{obj.email} peut se connecter avec un code reçu par e-mail.",
                messages.INFO,
            )
        else:
            obj.save(update_fields=["nom"])
            if "is_active" in form.changed_data:
                obj.activer(form.cleaned_data["is_active"], request.user)
        if "roles" in form.cleaned_data:
            obj.attribuer_roles(form.cleaned_data["roles"], request.user)

    @admin.action(
        description="Retirer la deuxième étape (téléphone perdu, identité vérifiée)",
        permissions=["change"],
    )
    def retirer_la_deuxieme_etape(self, request, comptes):
        faits = sum(compte.retirer_la_deuxieme_etape(request.user) for compte in comptes)
        self.message_user(request, f"Deuxième étape retirée de {faits} compte(s).")
