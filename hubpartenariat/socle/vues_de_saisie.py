"""The page of one section of a long form: show, save, autosave, refuse a stale save."""

import uuid as uuid_
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.forms import BoundField
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from hubpartenariat.socle.formulaires import (
    SaisiePerimee,
    oublier_les_saisies,
    saisie_a_reprendre,
)
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.saisie import empreinte
from hubpartenariat.socle.typographie import heure_en_mots

EN_TETE_AUTOMATIQUE = "X-Enregistrement"
RANG_MAXIMAL = 1_000_000_000


def est_automatique(request) -> bool:
    """Was this sent by js/enregistrement.js rather than by a button?"""
    return request.headers.get(EN_TETE_AUTOMATIQUE) == "automatique"


def entier(texte) -> int:
    """A counter sent by a page: a small whole number, 0 for anything else."""
    texte = str(texte or "")
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else 0


@dataclass
class Ligne:
    """A field of the page, with what surrounds it."""

    champ: BoundField
    remarques: list = field(default_factory=list)
    conflit: "Conflit | None" = None


@dataclass
class Conflit:
    """The same answer, as somebody else saved it meanwhile."""

    autre: str
    touche: bool  # did the person who sends change it?


class VueDeSection(View):
    """GET and POST of one section. Subclasses give ``parcours``, ``formulaires`` and ``objet``."""

    parcours = None
    formulaires: dict = {}
    gabarit = ""
    gabarit_refus = ""

    def objet(self, request, **cle):
        """The row, if this person may see its form; Http404 otherwise."""
        raise NotImplementedError

    def adresse(self, objet, code: str) -> str:
        """Address of a section, or of the page after the last (``code`` "")."""
        raise NotImplementedError

    def remarques(self, objet) -> dict[str, list]:
        return {}

    def contexte(self, objet) -> dict:
        return {}

    # --- Requests ------------------------------------------------------------------------
    def dispatch(self, request, section, **cle):
        attendue = saisie_a_reprendre(request) if request.method == "GET" else None
        if section not in self.formulaires:
            raise Http404
        self.section = self.parcours[section]
        try:
            self.instance = self.objet(request, **cle)
        except Http404:
            if attendue is None:
                raise
            raison = "Le compte que vous utilisez n’a pas accès à cette fiche."
            return self.refuser(request, attendue.en_querydict(), raison, None)
        self.attendue = attendue
        return super().dispatch(request)

    def get(self, request):
        if self.attendue is not None:
            return self.enregistrer(request, self.attendue.en_querydict(), reprise=True)
        if raison := self.instance.raison_de_ne_pas_ecrire(request.user):
            messages.info(request, raison)
            return redirect(self.adresse(self.instance, ""))
        return self.montrer(request, self.formulaire(instance=self.instance))

    def post(self, request):
        return self.enregistrer(request, request.POST)

    # --- Saving --------------------------------------------------------------------------
    @property
    def formulaire(self):
        return self.formulaires[self.section.code]

    def enregistrer(self, request, donnees, *, reprise=False):
        formulaire = self.formulaire(donnees, instance=self.instance)
        formulaire.sans(
            [nom for nom in formulaire.fields if donnees.get(f"_choix_{nom}") == "autre"]
        )
        formulaire.is_valid()
        invalides = formulaire.invalides()
        try:
            self.instance.enregistrer_section(
                self.section.code,
                formulaire.valeurs(),
                par=request.user,
                version=entier(donnees.get("_version")),
                a_corriger=invalides,
                page=donnees.get("_page", "")[:36],
                rang=entier(donnees.get("_rang")),
                relier=formulaire.relier,
            )
        except SaisiePerimee:
            return self.montrer_le_conflit(request, donnees)
        except TransitionRefusee as refus:
            return self.refuser(request, donnees, str(refus), self.instance)
        oublier_les_saisies(request)
        if est_automatique(request):
            return self.accuser_reception(formulaire)
        if reprise:
            messages.success(
                request, "Le texte que vous aviez écrit avant de vous reconnecter est enregistré."
            )
        vers = donnees.get("vers", "")
        if reprise or vers == "ici" or (formulaire.errors and vers in ("", "suivante")):
            if formulaire.errors:
                self.instance.refresh_from_db()
                return self.montrer(request, formulaire, statut=422)
            return redirect(self.adresse(self.instance, self.section.code))
        return redirect(self.destination(vers))

    def destination(self, vers: str) -> str:
        if vers in self.formulaires:
            return self.adresse(self.instance, vers)
        suivante = self.parcours.suivante(self.section)
        if vers == "relecture" or suivante is None:
            return self.adresse(self.instance, "")
        return self.adresse(self.instance, suivante.code)

    def accuser_reception(self, formulaire):
        code = self.section.code
        return JsonResponse(
            {
                "etat": "enregistre",
                "version": self.instance.version(code),
                "heure": heure_en_mots(timezone.localtime(self.instance.enregistree_le(code))),
                "a_corriger": {nom: list(erreurs) for nom, erreurs in formulaire.errors.items()},
            }
        )

    # --- Answers -------------------------------------------------------------------------
    def montrer(self, request, formulaire, *, statut=200, conflits=None):
        conflits = conflits or {}
        remarques = self.remarques(self.instance)
        groupes = [
            {
                "titre": titre,
                "aide": aide,
                "lignes": [
                    Ligne(formulaire[nom], remarques.get(nom, []), conflits.get(nom))
                    for nom in noms
                    if nom in formulaire.fields
                ],
            }
            for titre, aide, noms in formulaire.groupes
        ]
        code = self.section.code
        contexte = {
            "objet": self.instance,
            "section": self.section,
            "rang": self.parcours.index(self.section) + 1,
            "nombre": len(self.parcours),
            "precedente": self.parcours.precedente(self.section),
            "suivante": self.parcours.suivante(self.section),
            "form": formulaire,
            "groupes": groupes,
            "conflits": len(conflits),
            "empreintes": self.formulaire(instance=self.instance).empreintes(),
            "version": self.instance.version(code),
            "page": uuid_.uuid4(),
            "enregistree_le": self.instance.enregistree_le(code),
            **self.contexte(self.instance),
        }
        return render(request, self.gabarit, contexte, status=statut)

    def montrer_le_conflit(self, request, donnees):
        """409: what the person typed stays in the fields, the other version stands beside."""
        if est_automatique(request):
            phrase = (
                "Cette section a été modifiée ailleurs. Appuyez sur « Enregistrer » pour comparer."
            )
            return JsonResponse({"etat": "perimee", "message": phrase}, status=409)
        self.instance.refresh_from_db()
        stockee = self.formulaire(instance=self.instance)
        mienne = self.formulaire(donnees, instance=self.instance)
        mienne.is_valid()
        avant = dict(
            marque.rsplit(":", 1)
            for marque in donnees.get("_empreintes", "").split()
            if ":" in marque
        )
        conflits = {}
        for nom in mienne.fields:
            texte, autre = mienne.en_clair(nom), stockee.en_clair(nom)
            if texte != autre:
                touche = avant.get(nom) != empreinte(texte)
                conflits[nom] = Conflit(autre, touche)
        self.instance.refresh_from_db()  # validating wrote into it
        return self.montrer(request, mienne, statut=409, conflits=conflits)

    def refuser(self, request, donnees, raison, objet):
        """The text cannot be saved here; it is shown, once, so that it can be copied."""
        if est_automatique(request):
            return JsonResponse({"etat": "fermee", "message": raison}, status=409)
        formulaire = self.formulaire(donnees)
        textes = [
            (formulaire[nom].label, texte)
            for nom in formulaire.fields
            if (texte := formulaire.en_clair(nom))
        ]
        oublier_les_saisies(request)
        contexte = {"raison": raison, "textes": textes, "objet": objet, "section": self.section}
        return render(request, self.gabarit_refus, contexte, status=409 if objet else 403)

    def derniere_plume(self) -> str:
        """Who saved this section last, as a name."""
        par = self.instance.suivi.get(self.section.code, {}).get("par")
        personne = get_user_model().objects.filter(pk=par).first() if par else None
        return personne.get_short_name() if personne else ""
