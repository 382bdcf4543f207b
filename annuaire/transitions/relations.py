"""How a mise en relation moves: two free choices, a seat, a withdrawal at any time.

Locks are always taken in the same order: the appel (or offre), the profile, the relation; none of
them is a key lock, so that rows which merely refer to them are never made to wait.

The journal says which side acted. It names people of a team, never the patient partenaire: that
somebody answered an appel about an illness would say something of their health.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from annuaire.enums import (
    Cote,
    EtatAppel,
    EtatMission,
    EtatOffre,
    EtatProfil,
    EtatRelation,
    ModeDeChoix,
)
from annuaire.transitions.regles import (
    APPEL_CLOS,
    DE_L_EQUIPE,
    LONGUEUR_RAISON,
    PAS_LIBRE,
    PLAFOND_DE_MISSIONS,
    PLUS_DE_PLACE,
    est_juge_et_partie,
    missions_actives,
    modele,
    places_libres,
    referent_disponible,
    texte_propre,
    verrouiller,
)
from hubpartenariat.socle.moderation import TransitionRefusee

JOURS_POUR_UNE_PLACE_RENDUE = timezone.timedelta(days=15)


class TransitionsDeRelation:
    """The transitions of ``annuaire.models.MiseEnRelation``, apart from its columns."""

    # --- Asking --------------------------------------------------------------------------
    def cote_de(self, personne) -> Cote | None:
        """The side of ``personne``: their own before any other. One query at most."""
        if personne is None or self.anonymise_le:
            return None
        if self.profil.personne_id == personne.pk:
            return Cote.PATIENT
        if self.appel_id:
            return Cote.EQUIPE if self.appel.equipe.filter(pk=personne.pk).exists() else None
        return Cote.EQUIPE if self.repondant_id == personne.pk else None

    def a_accepte(self, cote) -> bool:
        return bool(self.accord_equipe_le if cote == Cote.EQUIPE else self.accord_patient_le)

    @property
    def en_accord(self) -> bool:
        """Both sides agreed, and nobody withdrew since: identities may be shown."""
        return bool(
            self.etat == EtatRelation.ACCORDEE and self.accord_equipe_le and self.accord_patient_le
        )

    def raison_de_ne_pas_accepter(self, par) -> str | None:
        cote = self.cote_de(par)
        if cote is None:
            return "Cette mise en relation n’est pas la vôtre."
        if self.appel_id and self.appel.mode == ModeDeChoix.TIRAGE and cote == Cote.EQUIPE:
            return "Pour cet appel, c’est le tirage au sort qui désigne."
        return self._raison_de_ne_pas_convenir(cote)

    def _raison_de_ne_pas_convenir(self, cote) -> str | None:
        if self.etat != EtatRelation.EN_COURS:
            return "Cette mise en relation n’attend plus de réponse."
        if self.a_accepte(cote):
            return "Vous avez déjà dit oui."
        if self.appel_id:
            if self.appel.etat == EtatAppel.POURVU or not places_libres(self.appel):
                return PLUS_DE_PLACE
            if self.appel.etat not in EtatAppel.vivants():
                return APPEL_CLOS
            if est_juge_et_partie(self.profil.personne, self.appel):
                return DE_L_EQUIPE if cote == Cote.PATIENT else PAS_LIBRE
        elif self.offre.etat != EtatOffre.OUVERTE:
            return "Cette offre n’est plus ouverte."
        if self.profil.etat != EtatProfil.ACTIF:
            if cote == Cote.PATIENT:
                return "Votre profil est fermé : rouvrez-le pour vous engager."
            return PAS_LIBRE
        if missions_actives(self.profil) >= self.profil.missions_actives_max:
            if cote == Cote.PATIENT:
                return PLAFOND_DE_MISSIONS
            return PAS_LIBRE if self.accord_patient_le else None
        return None

    def raison_de_ne_pas_decliner(self, par) -> str | None:
        if self.cote_de(par) is None:
            return "Cette mise en relation n’est pas la vôtre."
        if self.etat != EtatRelation.EN_COURS:
            return "Cette mise en relation n’attend plus de réponse."
        tirage = self.appel_id and self.appel.mode == ModeDeChoix.TIRAGE
        if tirage and self.cote_de(par) == Cote.EQUIPE:
            return "Pour cet appel, c’est le tirage au sort qui désigne."
        return None

    def raison_de_ne_pas_se_retirer(self, par) -> str | None:
        if self.cote_de(par) is None:
            return "Cette mise en relation n’est pas la vôtre."
        if self.etat not in (EtatRelation.EN_COURS, EtatRelation.ACCORDEE):
            return "Cette mise en relation est déjà terminée."
        if self.etat == EtatRelation.EN_COURS:
            return self.raison_de_ne_pas_decliner(par)
        return None

    def raison_de_ne_pas_demander_un_tiers(self, par) -> str | None:
        if self.cote_de(par) is None:
            return "Cette mise en relation n’est pas la vôtre."
        if self.etat not in (EtatRelation.EN_COURS, EtatRelation.ACCORDEE):
            return "Cette mise en relation est déjà terminée."
        if self.tiers_demande_le:
            return "Un tiers de confiance est déjà demandé."
        return None

    # --- Doing ---------------------------------------------------------------------------
    def accepter(self, par):
        """Say yes for one's side; the second yes gives a seat and opens the mission."""
        with self._sous_verrou():
            if raison := self.raison_de_ne_pas_accepter(par):
                raise TransitionRefusee(raison)
            self._convenir(self.cote_de(par), par)

    def convenir_par_le_sort(self, par):
        """The team's yes, given by the draw. Only ``annuaire.tirage`` calls it."""
        with self._sous_verrou():
            if raison := self._raison_de_ne_pas_convenir(Cote.EQUIPE):
                raise TransitionRefusee(raison)
            self._convenir(Cote.EQUIPE, par, tirage=True)

    def decliner(self, par, raison=""):
        """Say no. The other side reads that it will not be, and nothing else."""
        from annuaire import avis_relations

        with self._sous_verrou():
            if refus := self.raison_de_ne_pas_decliner(par):
                raise TransitionRefusee(refus)
            cote = self.cote_de(par)
            self._finir(
                EtatRelation.SANS_SUITE,
                cote,
                par,
                action="decliner",
                raison=texte_propre(raison, LONGUEUR_RAISON),
            )
            avis_relations.a_l_autre(self, cote, "sans_suite")

    def se_retirer(self, par):
        """Leave at any time, without a reason. After an agreement the seat is offered again."""
        from annuaire import avis_relations

        with self._sous_verrou():
            if refus := self.raison_de_ne_pas_se_retirer(par):
                raise TransitionRefusee(refus)
            cote, etait_accordee = self.cote_de(par), self.etat == EtatRelation.ACCORDEE
            if not etait_accordee:
                self._finir(EtatRelation.SANS_SUITE, cote, par, action="se_retirer")
                avis_relations.a_l_autre(self, cote, "sans_suite")
                return
            self._finir(EtatRelation.CLOSE, cote, par, action="se_retirer", siege=None)
            self._interrompre_la_mission(par if cote == Cote.EQUIPE else None)
            self._rendre_la_place()
            avis_relations.a_l_autre(self, cote, "retrait")

    def achever(self, par=None):
        """The mission went to its end: the seat was used, and is not offered again."""
        with self._sous_verrou():
            cote = self.cote_de(par)
            self.passer(
                {EtatRelation.ACCORDEE},
                EtatRelation.CLOSE,
                par=par if cote == Cote.EQUIPE else None,
                action="achever",
            )

    def demander_un_tiers(self, par):
        """Ask a référent of the territory to help; returns them, or None while nobody is found."""
        from annuaire import avis_relations

        with self._sous_verrou():
            if refus := self.raison_de_ne_pas_demander_un_tiers(par):
                raise TransitionRefusee(refus)
            cote = self.cote_de(par)
            tiers = referent_disponible(self)
            self.passer(
                {self.etat},
                self.etat,
                par=par if cote == Cote.EQUIPE else None,
                action="demander_un_tiers",
                detail={"cote": cote},
                etat_depuis=self.etat_depuis,
                tiers=tiers,
                tiers_demande_le=timezone.now(),
            )
            avis_relations.au_tiers(self)
        return tiers

    def expirer(self):
        """Nobody answered in time: it ends, neutrally, for both."""
        from annuaire import avis_relations

        with self._sous_verrou():
            if self.etat != EtatRelation.EN_COURS:
                raise TransitionRefusee("Cette mise en relation n’attend plus de réponse.")
            self._finir(EtatRelation.SANS_SUITE, "", None, action="expirer")
            avis_relations.au_patient(self, "sans_suite")
            avis_relations.a_l_equipe(self, "sans_suite")

    # --- Helpers -------------------------------------------------------------------------
    @contextmanager
    def _sous_verrou(self):
        """Lock the appel (or offre), the profile, then this row; all three are read again."""
        with transaction.atomic():
            if self.appel_id:
                self.appel = verrouiller(modele("Appel"), self.appel_id)
            else:
                self.offre = verrouiller(modele("Offre"), self.offre_id)
            if self.profil_id is None:
                raise TransitionRefusee("Cette mise en relation est terminée.")
            appel, offre = (self.appel, None) if self.appel_id else (None, self.offre)
            profil = verrouiller(modele("Profil"), self.profil_id)
            self.refresh_from_db(
                from_queryset=type(self)._base_manager.select_for_update(no_key=True)
            )
            self.appel, self.offre, self.profil = appel, offre, profil
            yield

    def _convenir(self, cote, par, **detail):
        from annuaire import avis_relations

        maintenant = timezone.now()
        champ = "accord_equipe_le" if cote == Cote.EQUIPE else "accord_patient_le"
        qui = par if cote == Cote.EQUIPE else None
        champs = {champ: maintenant, "relance_le": None}
        if not self.a_accepte(cote.autre):
            self.passer(
                {EtatRelation.EN_COURS},
                EtatRelation.EN_COURS,
                par=qui,
                action="accepter",
                detail={"cote": cote, **detail},
                **champs,
            )
            if self.appel_id and cote == Cote.EQUIPE and self.appel.etat == EtatAppel.OUVERT:
                self.appel.passer({EtatAppel.OUVERT}, EtatAppel.EN_CHOIX, par=qui, action="choisir")
            avis_relations.a_l_autre(self, cote, "a_vous_de_choisir")
            return
        if self.appel_id:
            champs["siege"] = self._place_libre()
        self.passer(
            {EtatRelation.EN_COURS},
            EtatRelation.ACCORDEE,
            par=qui,
            action="accepter",
            detail={"cote": cote, **detail},
            **champs,
        )
        modele("MissionSuivie").objects.create(relation=self)
        avis_relations.au_patient(self, "double_accord")
        avis_relations.a_l_equipe(self, "double_accord")
        self._pourvoir_si_complet(qui)

    def _place_libre(self) -> int:
        prises = set(self.appel.relations.assises().values_list("siege", flat=True))
        libre = next((n for n in range(1, self.appel.places + 1) if n not in prises), None)
        if libre is None:
            raise TransitionRefusee(PLUS_DE_PLACE)
        return libre

    def _pourvoir_si_complet(self, par):
        """The last seat closes the appel; those who wait are told, and keep their turn."""
        from annuaire import avis_relations

        if not self.appel_id:
            self.offre.passer({EtatOffre.OUVERTE}, EtatOffre.POURVUE, par=None, action="pourvoir")
            for autre in self.offre.relations.en_cours():
                avis_relations.a_l_equipe(autre, "places_prises")
            return
        if places_libres(self.appel):
            return
        self.appel.passer(EtatAppel.vivants(), EtatAppel.POURVU, par=par, action="pourvoir")
        for autre in self.appel.relations.en_cours().select_related("profil__personne"):
            avis_relations.au_patient(autre, "places_prises")

    def _rendre_la_place(self):
        """Offer the seat again, to those who wait first."""
        from annuaire import avis_relations

        if not self.appel_id:
            return  # an offre found its team once; its owner may publish another
        if self.appel.etat == EtatAppel.POURVU:
            au_moins = timezone.now() + JOURS_POUR_UNE_PLACE_RENDUE
            self.appel.passer(
                {EtatAppel.POURVU},
                EtatAppel.EN_CHOIX,
                par=None,
                action="rendre_une_place",
                expire_le=max(self.appel.expire_le, au_moins),
            )
        if self.appel.etat in EtatAppel.vivants():
            for autre in self.appel.relations.en_cours().select_related("profil__personne"):
                avis_relations.au_patient(autre, "place_rendue")

    def _interrompre_la_mission(self, par):
        mission = getattr(self, "mission", None)
        if mission is not None and mission.etat in EtatMission.actives():
            mission.passer(
                EtatMission.actives(), EtatMission.INTERROMPUE, par=par, action="interrompre"
            )

    def _finir(self, vers, cote, par, *, action, **champs):
        self.passer(
            {self.etat},
            vers,
            par=par if cote == Cote.EQUIPE else None,
            action=action,
            detail={"cote": str(cote)},
            close_par=cote,
            **champs,
        )
