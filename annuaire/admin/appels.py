"""Moderation of appels and offres: read, see what the hub noticed, publish, ask, refuse.

Nothing is edited here: every change is a transition of the model, confirmed on a page. Of an offre
the moderators see the pseudonym, never the account.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from annuaire.enums import (
    Alerte,
    EtatAppel,
    EtatOffre,
    TransitionAppel,
    TransitionOffre,
)
from annuaire.forms.appels import MotifForm
from annuaire.models import Appel, Offre
from annuaire.orientation import PORTES
from hubpartenariat.socle.filtres_admin import FiltresDeclares
from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation import TransitionRefusee


def attente(depuis) -> str:
    """How long, in words: « 3 jours »."""
    jours = (timezone.localdate() - timezone.localtime(depuis).date()).days
    return {0: "aujourd’hui", 1: "1 jour"}.get(jours, f"{jours} jours")


class EtatFilter(admin.SimpleListFilter):
    """The queue by default; every other state one click away."""

    title = "état"
    parameter_name = "etat"
    etats = EtatAppel

    def lookups(self, request, model_admin):
        caches = {self.etats.A_MODERER, self.etats.BROUILLON}
        autres = [choix for choix in self.etats.choices if choix[0] not in caches]
        return [*autres, ("tous", "Tous")]

    def choices(self, changelist):
        file = {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=["etat"]),
        }
        yield file | {"display": "À modérer"}
        for code, libelle in self.lookup_choices:
            adresse = changelist.get_query_string({"etat": code})
            yield {
                "selected": self.value() == code,
                "query_string": adresse,
                "display": libelle,
            }

    def queryset(self, request, queryset):
        if self.value() == "tous":
            return queryset
        connu = self.value() in self.etats.values
        return queryset.filter(etat=self.value() if connu else self.etats.A_MODERER)


class EtatOffreFilter(EtatFilter):
    etats = EtatOffre


class AlerteFilter(admin.SimpleListFilter):
    """By what the hub noticed; an unknown value filters nothing."""

    title = "alerte"
    parameter_name = "alerte"

    def lookups(self, request, model_admin):
        return Alerte.choices

    def queryset(self, request, queryset):
        if self.value() in Alerte.values:
            return queryset.filter(alertes__contains=[self.value()])
        return queryset


class Moderation(FiltresDeclares, admin.ModelAdmin):
    """What the two have in common. Subclasses say ``transitions`` and ``gabarit``."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    ordering = ["etat_depuis", "pk"]
    transitions = None
    apercu = ""

    def has_module_permission(self, request):
        return request.user.has_perm("annuaire.moderer_appel")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("annuaire.moderer_appel")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return self.model.objects.moderables().order_by(*self.ordering)

    @admin.display(description="état", ordering="etat")
    def etat_affiche(self, objet):
        return objet.get_etat_display()

    @admin.display(description="attend depuis", ordering="etat_depuis")
    def attente(self, objet):
        return attente(objet.etat_depuis) if objet.etat == "a_moderer" else "–"

    @admin.display(description="alertes")
    def alertes_affichees(self, objet):
        return " ; ".join(objet.libelles_des_alertes) or "–"

    # --- One of them -----------------------------------------------------------------------
    def get_urls(self):
        decider = self.admin_site.admin_view(self.decider)
        adresse = "<int:cle>/decider/<slug:transition>/"
        return [path(adresse, decider, name=self._nom("decider")), *super().get_urls()]

    def _nom(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """As its reader will see it, what may be decided, and what happened."""
        objet = self._objet(request, object_id)
        refus, permises = [], []
        for transition in self.transitions.de_moderation():
            raison = objet.raison_de_ne_pas(transition, request.user)
            if raison is None:
                adresse = reverse(f"admin:{self._nom('decider')}", args=[objet.pk, transition])
                permises.append((transition, adresse))
            elif transition == "publier" and objet.etat == "a_moderer":
                refus.append((transition.label, raison))
        contexte = {"permises": permises, "refus": refus, "histoire": self.histoire(objet)}
        return self._rendre(request, "objet.html", objet, **contexte)

    def decider(self, request, cle, transition):
        """Confirm one decision; its reason is asked here."""
        objet = self._objet(request, cle)
        if transition not in self.transitions.de_moderation():
            raise Http404
        transition = self.transitions(transition)
        retour = reverse(f"admin:{self._nom('change')}", args=[objet.pk])
        if raison := objet.raison_de_ne_pas(transition, request.user):
            messages.error(request, raison)
            return redirect(retour)
        motivee = transition in self.transitions.motivees()
        form = MotifForm(request.POST if request.method == "POST" else None) if motivee else None
        if request.method == "POST" and (form is None or form.is_valid()):
            motif = [form.cleaned_data["motif"]] if form else []
            try:
                getattr(objet, transition.value)(request.user, *motif)
            except TransitionRefusee as refus:
                messages.error(request, str(refus))
                return redirect(retour)
            messages.success(request, f"« {objet} » : {objet.get_etat_display().lower()}.")
            return redirect(f"admin:{self._nom('changelist')}")
        return self._rendre(request, "decider.html", objet, form=form, transition=transition)

    def histoire(self, objet) -> list[tuple]:
        libelles = dict(self.transitions.choices) | {"equipe": "Changer l’équipe de l’appel"}
        return [
            (entree.quand, entree.qui or "Le hub", libelles.get(entree.action, entree.action))
            for entree in histoire(objet)
        ]

    def _objet(self, request, cle):
        if not self.has_view_permission(request):
            raise PermissionDenied
        objet = self.get_object(request, str(cle))
        if objet is None:
            raise Http404
        return objet

    def _rendre(self, request, gabarit, objet, **contexte):
        contexte = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(objet),
            "objet": objet,
            "apercu": self.apercu,
            "attente": attente(objet.etat_depuis),
            "adresse_liste": reverse(f"admin:{self._nom('changelist')}"),
            "adresse_objet": reverse(f"admin:{self._nom('change')}", args=[objet.pk]),
            **self.en_plus(objet),
            **contexte,
        }
        return render(request, f"admin/annuaire/moderation/{gabarit}", contexte)

    def en_plus(self, objet) -> dict:
        return {}


@admin.register(Appel)
class AppelAdmin(Moderation):
    list_display = ["__str__", "etat_affiche", "attente", "structure", "alertes_affichees"]
    list_filter = [EtatFilter, AlerteFilter]
    search_fields = ["titre", "description", "structure__nom"]
    list_select_related = ["structure"]
    transitions = TransitionAppel
    apercu = "annuaire/appels/_appel.html"

    def en_plus(self, appel):
        publie = appel.slug and appel.etat in EtatAppel.publics() and not appel.anonymise_le
        return {
            "appel": appel,
            "equipe": appel.equipe.order_by("pk"),
            "reponses": [
                (porte.question, appel.orientation.get(porte.code, "sans réponse"))
                for porte in PORTES
            ],
            "adresse_publique": publie and reverse("annuaire:appel", args=[appel.slug]),
        }


@admin.register(Offre)
class OffreAdmin(Moderation):
    list_display = ["__str__", "etat_affiche", "attente", "profil", "alertes_affichees"]
    list_filter = [EtatOffreFilter, AlerteFilter]
    search_fields = ["titre", "texte"]
    list_select_related = ["profil"]
    transitions = TransitionOffre
    apercu = "admin/annuaire/moderation/_offre.html"

    def en_plus(self, offre):
        return {"offre": offre}
