"""How a structure is proposed, published, withdrawn, merged; how people are attached to it.

As in cartographie/transitions.py: ``raison_de_ne_pas_…(par)`` refuses in French, one method does.
``par`` is a person, or None for a command run by the operator of the hub.
"""

from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from annuaire import avis_structures as avis
from annuaire import preuves
from annuaire.enums import (
    EtatRattachement,
    EtatStructure,
    Preuve,
    RoleRattachement,
    TransitionStructure,
)
from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee

RESERVE_A_LA_MODERATION = "Seule l’équipe qui modère peut faire cela."
ESSAIS_D_ADRESSE = 50
ADRESSES_RESERVEES = {"proposer"}  # addresses of pages beside those of the structures
PAS_PUBLIEE = "Cette structure n’est pas publiée dans l’annuaire."


def modere(par) -> bool:
    """May ``par`` decide about structures?"""
    return par is None or par.has_perm("annuaire.moderer_structure")


class TransitionsDeStructure:
    """The transitions of ``annuaire.models.Structure``, apart from its columns."""

    # --- Asking --------------------------------------------------------------------------
    def raison_de_ne_pas(self, transition: str, par) -> str | None:
        return getattr(self, f"raison_de_ne_pas_{TransitionStructure(transition).value}")(par)

    def raison_de_ne_pas_publier(self, par) -> str | None:
        if raison := self._hors_etat(par, {EtatStructure.PROPOSEE, EtatStructure.RETIREE}):
            return raison
        return None if self.departements else "Il manque le territoire de la structure."

    def raison_de_ne_pas_refuser(self, par) -> str | None:
        return self._hors_etat(par, {EtatStructure.PROPOSEE})

    def raison_de_ne_pas_retirer(self, par) -> str | None:
        return self._hors_etat(par, {EtatStructure.PUBLIEE})

    def raison_de_ne_pas_fusionner(self, par, dans=None) -> str | None:
        if raison := self._hors_etat(
            par, {EtatStructure.PUBLIEE, EtatStructure.PROPOSEE, EtatStructure.RETIREE}
        ):
            return raison
        if dans is None:
            return None
        if dans.pk == self.pk:
            return "Choisissez une autre structure : on ne réunit pas une page à elle-même."
        return None if dans.etat == EtatStructure.PUBLIEE else PAS_PUBLIEE

    def est_referent(self, personne) -> bool:
        """Does ``personne`` keep the page of this structure? One query."""
        return personne.is_authenticated and self._actifs(personne).exists()

    def _actifs(self, personne):
        return self.rattachements.filter(
            personne=personne, etat=EtatRattachement.ACCEPTE, role=RoleRattachement.REFERENT
        )

    # --- Doing ---------------------------------------------------------------------------
    def publier(self, par):
        """Show the structure to everybody; whoever proposed it is told."""
        with self._si_permis(TransitionStructure.PUBLIER, par):
            self.passer(
                {EtatStructure.PROPOSEE, EtatStructure.RETIREE},
                EtatStructure.PUBLIEE,
                par=par,
                action=TransitionStructure.PUBLIER,
                publiee_le=self.publiee_le or timezone.now(),
                motif="",
            )
            avis.a_l_auteur(self, "structure_publiee")

    def refuser(self, par, motif: str):
        """Decline a proposal, saying why."""
        with self._si_permis(TransitionStructure.REFUSER, par):
            self._passer_a_retiree(
                {EtatStructure.PROPOSEE}, TransitionStructure.REFUSER, par, motif
            )
            avis.a_l_auteur(self, "structure_refusee")

    def retirer(self, par, motif: str):
        """Take a published structure out of the directory; its referents are told."""
        with self._si_permis(TransitionStructure.RETIRER, par):
            self._passer_a_retiree({EtatStructure.PUBLIEE}, TransitionStructure.RETIRER, par, motif)
            avis.aux_referents(self, "structure_retiree")

    def _passer_a_retiree(self, depuis, action, par, motif):
        motif = (motif or "").replace("\x00", "").strip()[:2000]
        if not motif:
            raise TransitionRefusee("Dites pourquoi : ce motif sera lu.")
        self.passer(depuis, EtatStructure.RETIREE, par=par, action=action, motif=motif)

    def fusionner(self, dans, par):
        """Bring everything of this double to ``dans``; its old address leads there for ever.

        Both rows are locked in the order of their keys: two merges, or a merge and a claim, wait
        for each other. What is written meanwhile with the old key is still found by the page of
        ``dans`` (see StructureQuerySet.et_ses_doubles).
        """
        with transaction.atomic():
            cles = sorted({self.pk, dans.pk})
            verrou = type(self)._base_manager.select_for_update().filter(pk__in=cles)
            lues = {une.pk: une for une in verrou.order_by("pk")}
            if self.pk not in lues or dans.pk not in lues:
                raise TransitionRefusee("Cette structure n’existe plus.")
            dans = lues[dans.pk]
            self.refresh_from_db()
            if raison := self.raison_de_ne_pas_fusionner(par, dans):
                raise TransitionRefusee(raison)
            self._deplacer(dans)
            self.passer(
                {self.etat},
                EtatStructure.FUSIONNEE,
                par=par,
                action=TransitionStructure.FUSIONNER,
                detail={"dans": dans.slug},
                fusionnee_dans=dans,
            )
            consigner(dans, "recevoir_double", par, double=self.slug)
        return dans

    def _deplacer(self, dans):
        """Fiches, appels, people, answers and former doubles: in the transaction of the caller."""
        self.fiches.update(structure=dans)
        self.appels.update(structure=dans)
        self._meta.apps.get_model("annuaire", "MiseEnRelation").objects.filter(
            structure=self
        ).update(structure=dans)
        self.fusionnees.update(fusionnee_dans=dans)
        ouverts = EtatRattachement.ouverts()
        la_bas = {
            (lien.personne_id, lien.role): lien
            for lien in dans.rattachements.select_for_update().filter(etat__in=ouverts)
        }
        for lien in self.rattachements.select_for_update().order_by("pk"):
            autre = la_bas.get((lien.personne_id, lien.role))
            if lien.etat in ouverts and autre:
                # The same person at both: the accepted one stays, and only one.
                if lien.etat == EtatRattachement.ACCEPTE != autre.etat:
                    autre.etat, autre.preuve = lien.etat, lien.preuve
                    autre.decide_le = lien.decide_le
                    autre.save(update_fields=["etat", "preuve", "decide_le"])
                lien.etat = EtatRattachement.CLOS
            lien.structure = dans
            lien.save(update_fields=["structure", "etat"])
        fins = [d for d in self.domaines_courriel if d not in dans.domaines_courriel]
        type(self).objects.filter(pk=dans.pk).update(
            domaines_courriel=dans.domaines_courriel + fins, modifiee_le=timezone.now()
        )

    # --- People --------------------------------------------------------------------------
    def revendiquer(self, personne, role, *, message="", montre_mon_nom=False):
        """Say what one is to the structure: accepted at once when the address proves it."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
            if self.etat != EtatStructure.PUBLIEE:
                raise TransitionRefusee(PAS_PUBLIEE)
            deja = self.rattachements.filter(
                personne=personne, role=role, etat__in=EtatRattachement.ouverts()
            ).first()
            if deja:
                raise TransitionRefusee(
                    "C’est déjà fait : vous faites partie de cette structure."
                    if deja.etat == EtatRattachement.ACCEPTE
                    else "Votre demande est déjà arrivée. Elle attend une réponse."
                )
            lien = self.rattachements.create(
                personne=personne, role=role, message=message, montre_mon_nom=montre_mon_nom
            )
            consigner(self, "demander_rattachement", personne, role=str(role))
            if preuves.prouve(self, personne):
                lien.accepter(None, Preuve.DOMAINE)
            else:
                avis.aux_referents(self, "rattachement_demande", lien)
        return lien

    # --- Helpers -------------------------------------------------------------------------
    def enregistrer_a_une_adresse_libre(self):
        """Save a new row at ``nom``, ``nom-2``…: the unique index decides between two at once."""
        racine = slugify(self.nom)[:70].strip("-") or f"structure-{str(self.uuid)[:8]}"
        prises = ADRESSES_RESERVEES | set(
            type(self)._base_manager.filter(slug__startswith=racine).values_list("slug", flat=True)
        )
        candidates = (racine if n == 1 else f"{racine}-{n}" for n in range(1, 100_000))
        libres = (adresse for adresse in candidates if adresse not in prises)
        for _, adresse in zip(range(ESSAIS_D_ADRESSE), libres, strict=False):
            try:
                with transaction.atomic():
                    self.slug = adresse
                    self.save()
                    return
            except IntegrityError as erreur:
                if "slug" not in str(erreur):
                    raise
        raise TransitionRefusee("Trop de structures portent ce nom. Précisez-le.")

    @contextmanager
    def _si_permis(self, transition, par):
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
            if raison := self.raison_de_ne_pas(transition, par):
                raise TransitionRefusee(raison)
            yield

    def _hors_etat(self, par, permis) -> str | None:
        if not modere(par):
            return RESERVE_A_LA_MODERATION
        if self.etat in permis:
            return None
        return f"Ce n’est pas possible : l’état est « {self.get_etat_display().lower()} »."


class TransitionsDeRattachement:
    """What becomes of the request of one person."""

    def raison_de_ne_pas_decider(self, par) -> str | None:
        """Moderators decide all; a referent decides for the team, not for another referent."""
        if modere(par):
            if par and par.pk == self.personne_id and not par.a_role(Role.ADMINISTRATEUR):
                return "C’est votre demande : une autre personne de l’équipe doit la vérifier."
            return None
        if self.role == RoleRattachement.REFERENT:
            return "L’équipe du hub vérifie les personnes qui représentent une structure."
        if self.personne_id == par.pk or not self.structure.est_referent(par):
            return "Seule une personne référente de la structure peut faire cela."
        return None

    def accepter(self, par, preuve=""):
        """``preuve`` when the hub itself found one; otherwise who decides is the proof."""
        if not preuve:
            self._verifier(par)
            preuve = Preuve.MODERATION if modere(par) else Preuve.REFERENT
        self._conclure({EtatRattachement.DEMANDE}, EtatRattachement.ACCEPTE, par, preuve=preuve)
        avis.a_la_personne(self, "rattachement_accepte")

    def refuser(self, par):
        self._verifier(par)
        self._conclure({EtatRattachement.DEMANDE}, EtatRattachement.REFUSE, par)
        avis.a_la_personne(self, "rattachement_refuse")

    def clore(self, par):
        """The person leaves, or is no more of the structure; a role held by it alone goes too."""
        if par is None or par.pk != self.personne_id:
            self._verifier(par)
        self._conclure(EtatRattachement.ouverts(), EtatRattachement.CLOS, par)

    def _verifier(self, par):
        if raison := self.raison_de_ne_pas_decider(par):
            raise TransitionRefusee(raison)

    def _conclure(self, depuis, vers, par, **champs):
        with transaction.atomic():
            maintenant = timezone.now()
            lignes = type(self).objects.filter(pk=self.pk, etat__in=depuis)
            if lignes.update(etat=vers, decide_le=maintenant, **champs) != 1:
                raise TransitionRefusee("Une réponse a déjà été donnée à cette demande.")
            consigner(self.structure, f"rattachement_{vers}", par, role=self.role)
            self.etat, self.decide_le = vers, maintenant
            for nom, valeur in champs.items():
                setattr(self, nom, valeur)
            if self.role == RoleRattachement.REFERENT:
                accorder_le_role(self.personne, par)


def accorder_le_role(personne, par=None) -> None:
    """Hold ``referent_structure`` exactly while one keeps a page; other roles stay."""
    with transaction.atomic():
        personne = get_user_model().objects.select_for_update().get(pk=personne.pk)
        tenus = {Role(nom) for nom in personne.groups.values_list("name", flat=True) if nom in Role}
        tient = personne.rattachements.filter(
            Q(etat=EtatRattachement.ACCEPTE), role=RoleRattachement.REFERENT
        ).exists()
        voulus = tenus | {Role.REFERENT_STRUCTURE} if tient else tenus - {Role.REFERENT_STRUCTURE}
        if voulus != tenus:
            personne.attribuer_roles(voulus, par)
