"""Building, opening, closing and publishing consultations; reading remarks before they appear.

Once a consultation is open its structure is fixed: only words may be corrected, which makes a new
version of the questionnaire; answers keep theirs.
"""

from typing import ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from consultation import doutes, exports, lecture_transversale, publication
from consultation.admin.commun import Piece, ReserveALEquipe, figee
from consultation.models import (
    CategorieDeProfil,
    College,
    Consultation,
    Echelle,
    Modalite,
    Proposition,
    QuestionDeProfil,
    Theme,
)
from consultation.reglages import REGLES, ConsultationAdminForm
from consultation.regles import Regles
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.moderation_admin import PagesDeModeration
from hubpartenariat.socle.vocabulaires import Besoin


class ThemeInline(Piece):
    model = Theme
    fields = ["ordre", "code", "titre", "presentation"]


class PropositionInline(Piece):
    model = Proposition
    fields = ["ordre", "code", "theme", "titre", "texte", "besoins"]
    structure = ("code", "ordre", "theme")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "besoins":
            return forms.MultipleChoiceField(
                label="Besoins auxquels elle répond",
                choices=Besoin.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="Les fiches et les ressources des mêmes besoins paraissent sur sa page.",
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "theme":
            cle = request.resolver_match.kwargs.get("object_id", "")
            connue = int(cle) if cle.isascii() and cle.isdigit() and len(cle) < 10 else 0
            kwargs["queryset"] = Theme.objects.filter(consultation=connue)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class CollegeInline(Piece):
    model = College
    fields = ["ordre", "code", "libelle", "court"]


class ModaliteInline(Piece):
    model = Modalite
    fields = ["ordre", "code", "libelle"]


class CategorieInline(Piece):
    model = CategorieDeProfil
    fields = ["ordre", "code", "libelle", "college", "parent"]
    structure = ("code", "ordre", "college", "parent")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "parent":
            kwargs["help_text"] = (
                "Les mêmes mots pour plusieurs catégories d’un collège : si l’une est trop petite "
                "pour être montrée, elles sont réunies sous ces mots."
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


EXPORTER = "consultation.exporter_reponses"


class ReponsesFilter(admin.SimpleListFilter):
    """Consultations of which answers wait for somebody to look."""

    title = "réponses"
    parameter_name = "reponses"

    def lookups(self, request, model_admin):
        return [("a_verifier", "Des réponses à vérifier")]

    def queryset(self, request, queryset):
        return doutes.a_verifier(queryset) if self.value() == "a_verifier" else queryset


@admin.register(Consultation)
class ConsultationAdmin(PagesDeModeration, ReserveALEquipe, admin.ModelAdmin):
    dossier = "admin/consultation/consultation"
    list_display = ["titre", "etat", "ouvre_le", "ferme_le", "nombre_de_reponses", "a_verifier"]
    list_filter = ["etat", ReponsesFilter]
    search_fields = ["titre"]
    inlines = [CollegeInline, ThemeInline, PropositionInline]
    actions = ["ouvrir", "fermer", "publier", "dupliquer", "exporter_les_reponses"]
    form = ConsultationAdminForm
    formfield_overrides: ClassVar = {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }
    }

    def get_fieldsets(self, request, obj=None):
        regles = ["regles_en_mots"] if figee(obj) else REGLES
        return [
            (None, {"fields": ["titre", "slug", "presentation", "precedente"]}),
            ("Dates", {"fields": ["ouvre_le", "ferme_le"]}),
            ("Règles de publication, figées à l’ouverture", {"fields": regles}),
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["slug", "precedente", "ouvre_le", "regles_en_mots"] if figee(obj) else []

    @admin.display(description="règles")
    def regles_en_mots(self, consultation):
        phrases = Regles.de(consultation.regles).phrases()
        return format_html_join("", "<p>{}</p>", ((phrase,) for phrase in phrases))

    @admin.display(description="réponses envoyées")
    def nombre_de_reponses(self, consultation):
        return consultation.reponses.comptees(consultation).count()

    # --- Answers set aside ---------------------------------------------------------------
    @admin.display(description="à vérifier")
    def a_verifier(self, consultation):
        nombre = sum(lot.nombre for lot in doutes.lots(consultation))
        if not nombre:
            return "–"
        adresse = reverse("admin:consultation_consultation_verifier", args=[consultation.pk])
        return format_html('<a href="{}">{} à vérifier</a>', adresse, nombre)

    def get_urls(self):
        vue = self.admin_site.admin_view(self.verifier)
        nom = "consultation_consultation_verifier"
        return [path("<int:cle>/verifier/", vue, name=nom), *super().get_urls()]

    def verifier(self, request, cle):
        """Numbers of the answers set aside, by day and reason; count them, or erase them."""
        consultation = self.objet(request, cle)
        if request.method == "POST":
            compter = "compter" in request.POST
            choisi = request.POST.get("compter") or request.POST.get("effacer") or ""
            nombre = doutes.decider(consultation, choisi, compter, request.user)
            fait = "comptées" if compter else "effacées"
            if nombre:
                messages.success(request, f"Réponses {fait} : {nombre}.")
            else:
                messages.error(request, "Ces réponses ne sont plus à vérifier.")
            return redirect("admin:consultation_consultation_verifier", cle)
        contexte = {"lots": doutes.lots(consultation), "title": "Réponses à vérifier"}
        return self.rendre(request, "verifier.html", consultation, **contexte)

    def _agir(self, request, choisies, methode, phrase):
        """One act on each chosen consultation; refusals are said, one by one."""
        for consultation in choisies:
            try:
                methode(consultation)
                messages.success(request, f"{consultation} : {phrase}.")
            except TransitionRefusee as refus:
                messages.error(request, f"{consultation} : {refus}")

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not request.user.has_perm(EXPORTER):
            actions.pop("exporter_les_reponses", None)
        return actions

    @admin.action(description="Exporter les réponses une à une, sans seuil (CSV, noté au journal)")
    def exporter_les_reponses(self, request, choisies):
        if not request.user.has_perm(EXPORTER):
            raise PermissionDenied
        if len(choisies) != 1:
            messages.error(request, "Choisissez une seule consultation à exporter.")
            return None
        consultation = choisies[0]
        consigner(consultation, "exporter_reponses", request.user)
        reponse = HttpResponse(
            exports.reponses_en_csv(consultation), content_type="text/csv; charset=utf-8"
        )
        nom = f"reponses-{consultation.slug}.csv"
        reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}"'
        return reponse

    @admin.action(description="Ouvrir aux réponses (fige les questions et les règles)")
    def ouvrir(self, request, choisies):
        self._agir(request, choisies, lambda c: c.ouvrir(request.user), "ouverte")

    @admin.action(description="Clore : ne plus accepter de réponses")
    def fermer(self, request, choisies):
        self._agir(request, choisies, lambda c: c.fermer(request.user), "close")

    @admin.action(description="Publier les résultats (une version figée et numérotée)")
    def publier(self, request, choisies):
        self._agir(
            request, choisies, lambda c: publication.publier(c, request.user), "résultats publiés"
        )
        for consultation in choisies:
            if nombre := len(lecture_transversale.a_relire(consultation)):
                messages.warning(
                    request,
                    f"{consultation} : {nombre} phrase{'s' if nombre > 1 else ''} à relire, un "
                    "nombre a changé. En attendant, rien n’en est montré.",
                )

    @admin.action(description="Préparer un tour suivant (copie sans les réponses)")
    def dupliquer(self, request, choisies):
        self._agir(request, choisies, lambda c: c.dupliquer(request.user), "copiée")


class PartieAdmin(ReserveALEquipe, admin.ModelAdmin):
    """A scale or a profile question, with its answers."""

    list_display = ["__str__", "consultation", "ordre"]
    list_filter = ["consultation"]
    structure = ("consultation", "code", "ordre")

    def get_readonly_fields(self, request, obj=None):
        return self.structure if figee(obj) else ()


@admin.register(Echelle)
class EchelleAdmin(PartieAdmin):
    inlines = [ModaliteInline]
    structure = ("consultation", "code", "ordre", "favorables", "role")


@admin.register(QuestionDeProfil)
class QuestionDeProfilAdmin(PartieAdmin):
    inlines = [CategorieInline]
