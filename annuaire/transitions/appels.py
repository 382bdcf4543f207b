"""How an appel moves: draft, moderation, thirty days open, choice, end, two years, oblivion."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.text import slugify

from annuaire import avis_appels
from annuaire.alertes import reperer
from annuaire.enums import (
    EtatAppel,
    EtatMission,
    EtatRelation,
    TransitionAppel,
)
from annuaire.sections_appel import JAMAIS_SEUL, manques
from annuaire.transitions.commun import RESERVE_A_LA_MODERATION, SousVerrou
from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.journal import EntreeJournal, consigner
from hubpartenariat.socle.moderation import TransitionRefusee

DUREE = timedelta(days=30)
RAPPEL = timedelta(days=10)
OUBLI = timedelta(days=730)
ESSAIS_D_ADRESSE = 50
ADRESSES_RESERVEES = {"nouveau", "brouillons"}
RESERVE_A_L_EQUIPE = "Seules les personnes de l’équipe qui porte cet appel peuvent faire cela."
EFFACE = "Texte effacé."


def modere(par) -> bool:
    """May ``par`` decide about appels and offres?"""
    return par is None or par.has_perm("annuaire.moderer_appel")


class TransitionsDAppel(SousVerrou):
    """The transitions of ``annuaire.models.Appel``, apart from its columns."""

    transitions = TransitionAppel
    disparu = "Cet appel n’existe plus."

    # --- Asking --------------------------------------------------------------------------
    def est_de_l_equipe(self, par) -> bool:
        """Is ``par`` one of the team? One query."""
        return par is not None and self.equipe.filter(pk=par.pk).exists()

    def ce_qui_manque(self):
        """What is still to fill or to correct before sending: [(section, champ, phrase)]."""
        return manques(self)

    @property
    def deja_prolonge(self) -> bool:
        return bool(self.publie_le and self.expire_le - self.publie_le > DUREE)

    @property
    def fin_prevue(self):
        """When it ends by itself. Whoever closes the candidatures keeps thirty days to choose."""
        if self.etat == EtatAppel.EN_CHOIX:
            return max(self.expire_le, self.etat_depuis + DUREE)
        return self.expire_le

    def places_donnees(self) -> int:
        """How many seats are taken now. One query."""
        return self._sieges()["nombre"]

    def _sieges(self) -> dict:
        return self.relations.filter(etat=EtatRelation.ACCORDEE).aggregate(
            nombre=Count("siege"), dernier=Max("siege")
        )

    def raison_de_ne_pas_ecrire(self, par) -> str | None:
        return self._hors_equipe(par) or self._hors_etat(
            {EtatAppel.BROUILLON},
            {
                EtatAppel.A_MODERER: (
                    "Cet appel est entre les mains de l’équipe qui modère. "
                    "Reprenez-le pour le modifier."
                ),
                EtatAppel.OUVERT: "Cet appel est publié : son texte ne change plus.",
            },
        )

    def raison_de_ne_pas_soumettre(self, par) -> str | None:
        if raison := self._hors_equipe(par) or self._hors_etat(
            {EtatAppel.BROUILLON}, {EtatAppel.A_MODERER: "Cet appel est déjà envoyé."}
        ):
            return raison
        return self._incomplet()

    def _incomplet(self) -> str | None:
        reste = self.ce_qui_manque()
        if not reste:
            return None
        points = "un point" if len(reste) == 1 else f"{len(reste)} points"
        return f"Il reste {points} à compléter ou à corriger. D’abord : {reste[0].phrase}"

    def raison_de_ne_pas_reprendre(self, par) -> str | None:
        if raison := self._hors_equipe(par):
            return raison
        if self.etat == EtatAppel.SANS_SUITE and self.publie_le is None:  # refused
            return None
        return self._hors_etat({EtatAppel.A_MODERER})

    def raison_de_ne_pas_publier(self, par) -> str | None:
        if raison := self._hors_moderation(par) or self._hors_etat({EtatAppel.A_MODERER}):
            return raison
        if self.est_de_l_equipe(par) and not par.a_role(Role.ADMINISTRATEUR):
            return "Vous êtes de cette équipe : une autre personne doit relire cet appel."
        return self._incomplet()

    def raison_de_ne_pas_demander_complements(self, par) -> str | None:
        return self._hors_moderation(par) or self._hors_etat({EtatAppel.A_MODERER})

    raison_de_ne_pas_refuser = raison_de_ne_pas_demander_complements

    def raison_de_ne_pas_fermer_les_candidatures(self, par) -> str | None:
        return self._hors_equipe(par) or self._hors_etat(
            {EtatAppel.OUVERT}, {EtatAppel.EN_CHOIX: "Les candidatures sont déjà fermées."}
        )

    def raison_de_ne_pas_prolonger(self, par) -> str | None:
        if raison := self._hors_equipe(par) or self._hors_etat(EtatAppel.vivants()):
            return raison
        if self.deja_prolonge:
            return "Cet appel a déjà été prolongé : une seule fois suffit."
        return None

    def raison_de_ne_pas_changer_les_places(self, par) -> str | None:
        return self._hors_equipe(par) or self._hors_etat(
            EtatAppel.vivants() | {EtatAppel.POURVU},
            {EtatAppel.BROUILLON: "Changez-les dans les conditions de l’appel."},
        )

    def raison_de_ne_pas_sans_suite(self, par) -> str | None:
        if not modere(par) and (raison := self._hors_equipe(par)):
            return raison
        if raison := self._hors_etat(EtatAppel.vivants()):
            return raison
        if not modere(par) and self.places_donnees():
            return "Une place est déjà donnée : réduisez plutôt le nombre de places."
        return None

    def raison_de_ne_pas_expirer(self, par) -> str | None:
        if par is not None:
            return "Un appel arrive à échéance de lui-même."
        if raison := self._hors_etat(EtatAppel.vivants()):
            return raison
        return "Cet appel n’est pas arrivé à son terme." if self.fin_prevue > _ici() else None

    def raison_de_ne_pas_anonymiser(self, par) -> str | None:
        if par is not None:
            return "Les textes s’effacent d’eux-mêmes, deux ans après la fin."
        if raison := self._hors_etat(EtatAppel.finis()):
            return raison
        if self.anonymise_le:
            return "Cet appel est déjà anonymisé."
        if self.etat_depuis > _ici() - OUBLI:
            return "Il n’y a pas deux ans que cet appel est fini."
        if self.relations.filter(mission__etat__in=EtatMission.actives()).exists():
            return "Une mission née de cet appel est en cours."
        return None

    def raison_de_ne_pas_supprimer_brouillon(self, par) -> str | None:
        if raison := self._hors_equipe(par):
            return raison
        if self.etat == EtatAppel.SANS_SUITE and self.publie_le is None:
            return None
        return self._hors_etat({EtatAppel.BROUILLON})

    # --- Doing ---------------------------------------------------------------------------
    def soumettre(self, par):
        """Send to the moderators, with what the hub itself noticed in the texts."""
        with self._si_permis(TransitionAppel.SOUMETTRE, par):
            self.passer(
                {EtatAppel.BROUILLON},
                EtatAppel.A_MODERER,
                par=par,
                action=TransitionAppel.SOUMETTRE,
                soumis_le=_ici(),
                motif="",
                alertes=self.reperer_les_alertes(),
            )
            avis_appels.a_l_equipe(self, "appel_soumis")

    def reprendre(self, par):
        """Give the appel back to its team, at their own request."""
        with self._si_permis(TransitionAppel.REPRENDRE, par):
            self.passer(
                {EtatAppel.A_MODERER, EtatAppel.SANS_SUITE},
                EtatAppel.BROUILLON,
                par=par,
                action=TransitionAppel.REPRENDRE,
            )

    def publier(self, par):
        """Open for thirty days, at an address of its own."""
        with self._si_permis(TransitionAppel.PUBLIER, par):
            self._publier_a_une_adresse_libre(par)
            avis_appels.a_l_equipe(self, "appel_publie")

    def demander_complements(self, par, motif):
        """Give back to the team, saying what is expected."""
        motif = self._motif(motif)
        with self._si_permis(TransitionAppel.DEMANDER_COMPLEMENTS, par):
            self.passer(
                {EtatAppel.A_MODERER},
                EtatAppel.BROUILLON,
                par=par,
                action=TransitionAppel.DEMANDER_COMPLEMENTS,
                motif=motif,
            )
            avis_appels.a_l_equipe(self, "appel_a_completer")

    def refuser(self, par, motif):
        """Refuse, saying why. The team may take it back, change it and send it again."""
        motif = self._motif(motif)
        with self._si_permis(TransitionAppel.REFUSER, par):
            self.passer(
                {EtatAppel.A_MODERER},
                EtatAppel.SANS_SUITE,
                par=par,
                action=TransitionAppel.REFUSER,
                motif=motif,
            )
            avis_appels.a_l_equipe(self, "appel_refuse")

    def fermer_les_candidatures(self, par):
        """No one else may come forward; the team chooses among those who did."""
        with self._si_permis(TransitionAppel.FERMER, par):
            self.passer(
                {EtatAppel.OUVERT}, EtatAppel.EN_CHOIX, par=par, action=TransitionAppel.FERMER
            )

    def prolonger(self, par):
        """Thirty days more, once."""
        with self._si_permis(TransitionAppel.PROLONGER, par):
            self.expire_le += DUREE
            self.save(update_fields=["expire_le"])
            consigner(self, TransitionAppel.PROLONGER, par, jusqu_au=f"{self.expire_le:%Y-%m-%d}")

    def changer_les_places(self, par, places: int, pourquoi: str = ""):
        """More or fewer seats, never fewer than those already given."""
        with self._si_permis(TransitionAppel.CHANGER_LES_PLACES, par):
            pourquoi = (pourquoi or self.pourquoi_une_place).replace("\x00", "").strip()[:600]
            if places < 2 and not pourquoi:
                raise TransitionRefusee(JAMAIS_SEUL)
            sieges = self._sieges()
            # A seat is a number: none may be given above the count.
            plancher = max(sieges["nombre"], sieges["dernier"] or 0)
            if places < plancher:
                donnees = "Une place est déjà donnée"
                if plancher > 1:
                    donnees = f"{plancher} places sont déjà données"
                raise TransitionRefusee(f"{donnees} : gardez-en au moins autant.")
            avant, complet = self.places, sieges["nombre"] >= places
            champs = {"places": places, "pourquoi_une_place": pourquoi}
            if complet and self.etat in EtatAppel.vivants():
                vers = EtatAppel.POURVU
            elif not complet and self.etat == EtatAppel.POURVU:
                vers, champs["expire_le"] = EtatAppel.EN_CHOIX, max(self.expire_le, _ici() + DUREE)
            else:
                vers = None
            if vers:
                self.passer(
                    {self.etat},
                    vers,
                    par=par,
                    action=TransitionAppel.CHANGER_LES_PLACES,
                    detail={"places": [avant, places]},
                    **champs,
                )
            else:
                type(self)._base_manager.filter(pk=self.pk).update(**champs)
                self.places, self.pourquoi_une_place = places, pourquoi
                consigner(self, TransitionAppel.CHANGER_LES_PLACES, par, places=[avant, places])
            if vers:
                pourvu = vers == EtatAppel.POURVU
                self._dire_aux_candidats("places_prises" if pourvu else "place_rendue")

    def sans_suite(self, par, motif):
        """End without having found, saying why; those who came forward get a neutral word."""
        motif = self._motif(motif)
        with self._si_permis(TransitionAppel.SANS_SUITE, par):
            self.passer(
                EtatAppel.vivants(),
                EtatAppel.SANS_SUITE,
                par=par,
                action=TransitionAppel.SANS_SUITE,
                motif=motif,
            )
            self._clore_les_candidatures()
            if not self.est_de_l_equipe(par):
                avis_appels.a_l_equipe(self, "appel_retire")

    def expirer(self, par=None):
        """The thirty days are over."""
        with self._si_permis(TransitionAppel.EXPIRER, par):
            self.passer(
                EtatAppel.vivants(), EtatAppel.EXPIRE, par=None, action=TransitionAppel.EXPIRER
            )
            self._clore_les_candidatures()
            avis_appels.a_l_equipe(self, "appel_expire")

    def rappeler(self) -> bool:
        """Remind the team, once, of an appel open for ten days. False: nothing to say."""
        with transaction.atomic():
            a_rappeler = type(self).objects.a_rappeler().filter(pk=self.pk)
            if not a_rappeler.update(relance_le=_ici()):
                return False
            self.refresh_from_db()
            avis_appels.a_l_equipe(self, "appel_rappel")
        return True

    def anonymiser(self, par=None):
        """Forget texts and people; what is counted (domain, territory, seats, dates) stays."""
        with self._si_permis(TransitionAppel.ANONYMISER, par):
            type(self)._base_manager.filter(pk=self.pk).update(
                titre="Appel anonymisé",
                slug=f"appel-{self.uuid}" if self.slug else None,
                description="",
                deja_fait="",
                temps="",
                themes=[],
                pourquoi_une_place=EFFACE if self.places < 2 else "",
                motif=EFFACE if self.motif else "",
                orientation={},
                suivi={},
                anonymise_le=_ici(),
            )
            self.equipe.clear()
            genre = ContentType.objects.get_for_model(self)
            EntreeJournal.objects.filter(type_objet=genre, cle_objet=str(self.pk)).update(qui=None)
            consigner(self, TransitionAppel.ANONYMISER, None)
            self.refresh_from_db()

    def supprimer_brouillon(self, par):
        """Delete an appel that was never published."""
        with self._si_permis(TransitionAppel.SUPPRIMER_BROUILLON, par):
            consigner(self, TransitionAppel.SUPPRIMER_BROUILLON, par)
            self.delete()

    def reperer_les_alertes(self) -> list[str]:
        """What the moderators should look at twice, in the texts as they are. No query."""
        textes = (self.titre, self.description, self.deja_fait, self.temps, *self.themes)
        return reperer(*textes, self.pourquoi_une_place, sans_structure=self.structure_id is None)

    # --- Helpers -------------------------------------------------------------------------
    def _hors_equipe(self, par) -> str | None:
        return None if self.est_de_l_equipe(par) else RESERVE_A_L_EQUIPE

    def _hors_moderation(self, par) -> str | None:
        return None if modere(par) else RESERVE_A_LA_MODERATION

    def _clore_les_candidatures(self):
        """Those still waiting for an answer get one: neutral, the same for all."""
        from annuaire.entretien import clore_les_relations

        clore_les_relations(self)

    def _dire_aux_candidats(self, issue: str):
        from annuaire import avis_relations

        for relation in self.relations.en_cours().select_related("profil__personne"):
            avis_relations.au_patient(relation, issue)

    def _publier_a_une_adresse_libre(self, par):
        """Publish at ``titre``, ``titre-2``…: the unique index decides between two at once."""
        racine = slugify(self.titre)[:70].strip("-") or f"appel-{str(self.uuid)[:8]}"
        prises = set(
            type(self)._base_manager.filter(slug__startswith=racine).values_list("slug", flat=True)
        )
        prises |= ADRESSES_RESERVEES
        candidates = (racine if n == 1 else f"{racine}-{n}" for n in range(1, 100_000))
        libres = (adresse for adresse in candidates if adresse not in prises)
        maintenant = _ici()
        for _, adresse in zip(range(ESSAIS_D_ADRESSE), libres, strict=False):
            try:
                with transaction.atomic():
                    self.passer(
                        {EtatAppel.A_MODERER},
                        EtatAppel.OUVERT,
                        par=par,
                        action=TransitionAppel.PUBLIER,
                        slug=adresse,
                        publie_le=maintenant,
                        expire_le=maintenant + DUREE,
                        motif="",
                    )
                    return
            except IntegrityError as erreur:
                if "slug" not in str(erreur):
                    raise
        raise TransitionRefusee("Trop d’appels portent ce titre. Précisez-le.")


def _ici():
    return timezone.now()
