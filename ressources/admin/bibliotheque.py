"""The library in the administration: the queue, decisions, corrections, yearly readings."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse

from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation_admin import (
    AdminDeModeration,
    AvecDecisions,
    FiltreDeFile,
    attente,
)
from hubpartenariat.socle.televersements.formulaire import prevenir
from hubpartenariat.socle.televersements.service import servir
from ressources.bibliotheque import usages
from ressources.bibliotheque.transitions import A_MOTIVER
from ressources.enums import EtatRessource, Geste, Pas, Public, TransitionRessource
from ressources.forms.bibliotheque import CorrectionForm, MotifForm, RetraitForm
from ressources.models import Ressource

ACTIONS = dict(TransitionRessource.choices) | {"proposer": "Proposer", "corriger": "Corriger"}


class EtatFilter(FiltreDeFile):
    etats = EtatRessource
    en_attente = EtatRessource.PROPOSEE


class EntretienFilter(admin.SimpleListFilter):
    """What asks for care among the published: a year without a reading, a dead link."""

    title = "entretien"
    parameter_name = "entretien"

    def lookups(self, request, model_admin):
        return [("a_relire", "À relire (un an)"), ("lien_mort", "Lien qui ne répond plus")]

    def queryset(self, request, queryset):
        if self.value() == "a_relire":
            return queryset.a_relire()
        if self.value() == "lien_mort":
            return queryset.liens_muets()
        return queryset


@admin.register(Ressource)
class RessourceAdmin(AvecDecisions, AdminDeModeration):
    droit = "ressources.moderer_ressource"
    decisions = TransitionRessource
    dossier = "admin/ressources/ressource"
    list_display = ["titre", "etat_affiche", "attente", "type_ressource", "relue_le", "lien_muet"]
    list_filter = [EtatFilter, EntretienFilter]
    search_fields = ["titre", "source", "slug"]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Ressources", **(extra_context or {})})

    @admin.display(description="état", ordering="etat")
    def etat_affiche(self, une):
        return une.get_etat_display()

    @admin.display(description="attend depuis", ordering="etat_depuis")
    def attente(self, une):
        return attente(une.etat_depuis) if une.etat == EtatRessource.PROPOSEE else "–"

    @admin.display(description="lien mort depuis", ordering="lien_mort_depuis")
    def lien_muet(self, une):
        return une.lien_mort_depuis or "–"

    def get_urls(self):
        vue, nom = self.admin_site.admin_view, "ressources_ressource"
        return [
            path("<int:cle>/corriger/", vue(self.corriger), name=f"{nom}_corriger"),
            path("<int:cle>/fichier/", vue(self.fichier), name=f"{nom}_fichier"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The entry as its reader will see it, what may be decided, what is counted of it."""
        une = self.objet(request, object_id)
        totaux = usages.totaux(une)
        return self._rendre(
            request,
            "ressource.html",
            une,
            permises=self.permises(une, request.user),
            usages=[(geste.label, totaux[geste]) for geste in Geste],
            histoire=[
                (entree, ACTIONS.get(entree.action, entree.action)) for entree in histoire(une)
            ],
        )

    def fichier(self, request, cle):
        """The file of a proposal, before it is published."""
        return servir(self.objet(request, cle))

    def formulaire_de_decision(self, request, objet, decision):
        if decision not in A_MOTIVER:
            return None
        if decision == TransitionRessource.ARCHIVER:
            return RetraitForm(request.POST or None, ressource=objet)
        return MotifForm(request.POST or None)

    def consequence(self, objet, decision):
        if decision == TransitionRessource.PUBLIER:
            return "Elle sera visible de tous, avec son fichier s’il y en a un."
        if decision == TransitionRessource.RELIRE:
            return (
                "La date de relecture sera celle d’aujourd’hui. Le hub vous la redemandera dans "
                "un an."
            )
        return ""

    def dit_fait(self, objet, decision):
        relue = decision == TransitionRessource.RELIRE
        return "relue" if relue else super().dit_fait(objet, decision)

    def corriger(self, request, cle):
        """The text of an entry, by the team."""
        une = self.objet(request, cle)
        if not request.user.has_perm("ressources.change_ressource"):
            raise PermissionDenied
        form = CorrectionForm(
            request.POST or None, request.FILES or None, instance=self.objet(request, cle)
        )
        prevenir(form, request)
        if request.method == "POST" and form.is_valid():
            if form.enregistrer(request.user, request.POST.get("_version", "")):
                messages.success(request, f"« {une} » est corrigée.")
                return redirect("admin:ressources_ressource_change", cle)
            form.add_error(
                None, "La page a changé pendant que vous écriviez. Relisez, puis enregistrez."
            )
        version = une.modifiee_le.isoformat()
        return self._rendre(request, "corriger.html", une, form=form, version=version)

    def _rendre(self, request, gabarit, une, **contexte):
        lisible = une.etat in (EtatRessource.PUBLIEE, EtatRessource.ARCHIVEE)
        return self.rendre(
            request,
            gabarit,
            une,
            ressource=une,
            attente=attente(une.etat_depuis),
            pas=[(code, mot) for code, mot in Pas.choices if code in une.pas],
            publics=[mot for code, mot in Public.choices if code in une.publics],
            adresse_publique=lisible and reverse("ressources:ressource", args=[une.slug]),
            **contexte,
        )
