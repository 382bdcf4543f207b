"""How a mission goes: it starts, people meet, it ends or stops; each side says what it keeps of it.

The journal says which side acted and names people of a team only, never the patient partenaire.
"""

from django.db import transaction
from django.utils import timezone

from annuaire.enums import Cote, EtatMission, EtatRelation
from hubpartenariat.socle.champs_simples import PAS_ENCORE
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee

RENCONTRES_AU_PLUS = 200
PAS_LA_VOTRE = "Cette mission n’est pas la vôtre."


class TransitionsDeMission:
    """The transitions of ``annuaire.models.MissionSuivie``, apart from its columns."""

    # --- Asking --------------------------------------------------------------------------
    def cote_de(self, personne) -> Cote | None:
        """The side of ``personne``; None for everybody else. One query at most."""
        return self.relation.cote_de(personne)

    @property
    def structure(self):
        relation = self.relation
        return relation.appel.structure if relation.appel_id else relation.structure

    def raison_de_ne_pas_demarrer(self, par) -> str | None:
        return self._hors(par, {EtatMission.A_DEMARRER}, "Cette mission a déjà commencé.")

    def raison_de_ne_pas_terminer(self, par) -> str | None:
        return self._hors(par, {EtatMission.EN_COURS}, "Cette mission n’est pas en cours.")

    def raison_de_ne_pas_interrompre(self, par) -> str | None:
        return self._hors(par, EtatMission.actives(), "Cette mission est déjà finie.")

    def raison_de_ne_pas_noter_une_rencontre(self, par) -> str | None:
        if raison := self._hors(par, EtatMission.actives(), "Cette mission est finie."):
            return raison
        if self.rencontres.count() >= RENCONTRES_AU_PLUS:
            return "Il y a déjà beaucoup de rencontres notées."
        return None

    def raison_de_ne_pas_donner_un_retour(self, par) -> str | None:
        return self._hors(
            par,
            set(EtatMission) - {EtatMission.A_DEMARRER},
            "Vous donnerez votre retour quand la mission aura commencé.",
        )

    # --- Doing ---------------------------------------------------------------------------
    def demarrer(self, par, le):
        """The mission begins. Either side may say so."""
        with transaction.atomic():
            self._exiger(self.raison_de_ne_pas_demarrer(par))
            if le > timezone.localdate():
                raise TransitionRefusee(PAS_ENCORE)
            self._passer({EtatMission.A_DEMARRER}, EtatMission.EN_COURS, par, "demarrer", debut=le)

    def terminer(self, par, le):
        """The mission went to its end: the seat was used, the relation is over."""
        with transaction.atomic():
            self._exiger(self.raison_de_ne_pas_terminer(par))
            if le > timezone.localdate():
                raise TransitionRefusee(PAS_ENCORE)
            if self.debut and le < self.debut:
                raise TransitionRefusee("La fin ne peut pas précéder le début.")
            # First the relation, whose transitions lock the appel before anything else.
            if self.relation.etat == EtatRelation.ACCORDEE:
                self.relation.achever(par)
            self._passer({EtatMission.EN_COURS}, EtatMission.TERMINEE, par, "terminer", fin=le)

    def interrompre(self, par):
        """Stop, without a reason. It is the withdrawal from the relation: one act, one mail."""
        self._exiger(self.raison_de_ne_pas_interrompre(par))
        self.relation.se_retirer(par)
        self.refresh_from_db(fields=["etat", "etat_depuis"])

    def noter_une_rencontre(self, par, *, quand, objet):
        with transaction.atomic():
            self._verrouiller()
            self._exiger(self.raison_de_ne_pas_noter_une_rencontre(par))
            cote = self.cote_de(par)
            rencontre = self.rencontres.create(quand=quand, objet=objet, notee_par=cote)
            consigner(self, "noter_rencontre", self._qui(par), cote=str(cote))
        return rencontre

    def retirer_la_rencontre(self, par, rencontre):
        """Take back what one's own side noted."""
        cote = self.cote_de(par)
        with transaction.atomic():
            if (
                cote is None
                or not self.rencontres.filter(pk=rencontre.pk, notee_par=cote).delete()[0]
            ):
                raise TransitionRefusee("Seul le côté qui a noté cette rencontre peut la retirer.")
            consigner(self, "retirer_rencontre", self._qui(par), cote=str(cote))

    def donner_un_retour(self, par, *, satisfaction, texte, montre):
        """Say, or correct, what one's side keeps of the mission."""
        with transaction.atomic():
            self._verrouiller()
            self._exiger(self.raison_de_ne_pas_donner_un_retour(par))
            cote = self.cote_de(par)
            retour, _ = self.retours.update_or_create(
                cote=cote,
                defaults={
                    "satisfaction": satisfaction,
                    "texte": texte,
                    "montre_a_l_autre": montre,
                },
            )
            consigner(self, "retour", self._qui(par), cote=str(cote))
        return retour

    # --- Helpers -------------------------------------------------------------------------
    def _hors(self, par, permis, phrase) -> str | None:
        if self.cote_de(par) is None:
            return PAS_LA_VOTRE
        return None if self.etat in permis else phrase

    @staticmethod
    def _exiger(raison):
        if raison:
            raise TransitionRefusee(raison)

    def _verrouiller(self):
        verrou = type(self)._base_manager.select_for_update(no_key=True)
        self.etat = verrou.get(pk=self.pk).etat

    def _qui(self, par):
        return par if self.cote_de(par) == Cote.EQUIPE else None

    def _passer(self, depuis, vers, par, action, **champs):
        from annuaire import avis_suites

        cote = self.cote_de(par)
        self.passer(
            depuis, vers, par=self._qui(par), action=action, detail={"cote": str(cote)}, **champs
        )
        avis_suites.mission(self, action, a=cote.autre)
