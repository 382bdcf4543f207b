"""A line of the carnet: private, then shown to one team and locked, co-signed by it or not."""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from annuaire.enums import Cote
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee

VERROUILLEE = (
    "Cette ligne est co-signée : elle ne change plus. Pour la corriger, retirez-la de la "
    "co-signature ; il faudra la demander de nouveau."
)
EN_ATTENTE = "La co-signature de cette ligne est demandée. Reprenez-la pour la modifier."
ENTRE_TEMPS = "Cette ligne a changé entre-temps. Rechargez la page."


class TransitionsDeLigne:
    """The transitions of ``annuaire.models.LigneDeCarnet``, apart from its columns."""

    @property
    def etat(self) -> str:
        """« libre », « demandee », « cosignee » or « declinee »."""
        if self.cosignee_le:
            return "cosignee"
        if self.declinee_le:
            return "declinee"
        return "demandee" if self.demandee_le else "libre"

    # --- Its owner -----------------------------------------------------------------------
    def raison_de_ne_pas_modifier(self) -> str | None:
        return {"cosignee": VERROUILLEE, "demandee": EN_ATTENTE}.get(self.etat)

    def raison_de_ne_pas_demander(self) -> str | None:
        if self.etat == "cosignee":
            return "Cette ligne est déjà co-signée."
        if self.etat == "demandee":
            return "La co-signature de cette ligne est déjà demandée."
        if not self.mission_id:
            return "Reliez d’abord cette ligne à une mission : c’est son équipe qui co-signe."
        return None

    def raison_de_ne_pas_reprendre(self) -> str | None:
        return "Cette ligne est déjà à vous." if self.etat == "libre" else None

    def modifier(self, **champs):
        """Change what the line says; a line that was declined becomes free again."""
        with self._sous_verrou():
            self._exiger(self.raison_de_ne_pas_modifier())
            self._ecrire(**champs, demandee_le=None, declinee_le=None)

    def supprimer(self):
        with self._sous_verrou():
            self._exiger(self.raison_de_ne_pas_modifier())
            self.delete()

    def demander(self):
        """Ask the team of the mission to co-sign: from now on it reads this line."""
        from annuaire import avis_suites

        with self._sous_verrou():
            self._exiger(self.raison_de_ne_pas_demander())
            self._ecrire(demandee_le=timezone.now(), declinee_le=None)
            avis_suites.cosignature_demandee(self)

    def reprendre(self):
        """Take the line back from the team; a co-signature already given is lost."""
        with self._sous_verrou():
            self._exiger(self.raison_de_ne_pas_reprendre())
            self._ecrire(demandee_le=None, declinee_le=None, cosignee_le=None, cosignee_par=None)

    # --- The team of its mission ------------------------------------------------------------
    def raison_de_ne_pas_cosigner(self, par) -> str | None:
        if not self.mission_id or self.mission.cote_de(par) != Cote.EQUIPE:
            return "Seule l’équipe de cette mission peut co-signer."
        return None if self.etat == "demandee" else "Cette ligne n’attend pas de réponse."

    raison_de_ne_pas_decliner = raison_de_ne_pas_cosigner

    def cosigner(self, par, lue):
        """``lue``: when the line that was read had been asked for; another one is not signed."""
        self._repondre(par, lue, "cosigner", cosignee_le=timezone.now(), cosignee_par=par)

    def decliner(self, par, lue):
        self._repondre(par, lue, "decliner", declinee_le=timezone.now())

    def _repondre(self, par, lue, action, **champs):
        from annuaire import avis_suites

        with self._sous_verrou():
            self._exiger(self.raison_de_ne_pas_cosigner(par))
            if self.demandee_le.isoformat() != lue:
                raise TransitionRefusee(ENTRE_TEMPS)
            self._ecrire(**champs)
            consigner(self.mission, f"{action}_une_ligne", par)
            avis_suites.cosignature_repondue(self)

    # --- Helpers -------------------------------------------------------------------------
    @staticmethod
    def _exiger(raison):
        if raison:
            raise TransitionRefusee(raison)

    @contextmanager
    def _sous_verrou(self):
        """The row read again under lock, in one transaction."""
        with transaction.atomic():
            verrou = type(self)._base_manager.select_for_update(no_key=True)
            try:
                self.refresh_from_db(from_queryset=verrou)
            except type(self).DoesNotExist:
                raise TransitionRefusee("Cette ligne n’existe plus.") from None
            yield

    def _ecrire(self, **champs):
        for nom, valeur in champs.items():
            setattr(self, nom, valeur)
        self.save(update_fields=list(champs))
