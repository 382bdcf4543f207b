"""How a profile opens, rests and closes.

Its owner does all of it but one thing: the team of the hub may suspend a profile, saying why. The
journal holds the gesture and its date, never what the profile says.
"""

from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from annuaire.enums import EtatProfil, TransitionProfil
from hubpartenariat.comptes.consentements import Finalite, actif, donner
from hubpartenariat.socle.courriel import envoyer
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee

PAUSE_AU_PLUS = timedelta(days=366)
DEPUIS = {
    TransitionProfil.FERMER: {EtatProfil.ACTIF, EtatProfil.BROUILLON},
    TransitionProfil.SUSPENDRE: {EtatProfil.ACTIF, EtatProfil.BROUILLON, EtatProfil.FERME},
    TransitionProfil.LEVER: {EtatProfil.SUSPENDU},
}
RESERVE_A_LA_PERSONNE = "Seule la personne à qui est ce profil peut faire cela."
RESERVE_A_LA_MODERATION = "Seule l’équipe qui modère peut faire cela."


def modere(par) -> bool:
    """May ``par`` suspend profiles? None: a command run by the operator of the hub."""
    return par is None or par.has_perm("annuaire.moderer_profil")


class TransitionsDeProfil:
    """The transitions of ``annuaire.models.Profil``, apart from its columns."""

    # --- Asking --------------------------------------------------------------------------
    def est_a(self, par) -> bool:
        return par is not None and self.personne_id == par.pk

    def raison_de_ne_pas_ecrire(self, par) -> str | None:
        return None if self.est_a(par) else RESERVE_A_LA_PERSONNE

    def verifier_ecriture(self, par):
        if raison := self.raison_de_ne_pas_ecrire(par):
            raise TransitionRefusee(raison)

    def raison_de_ne_pas_ouvrir(self, par) -> str | None:
        """Why the profile cannot open, the consent to matching left aside (asked on the way)."""
        if not self.est_a(par):
            return RESERVE_A_LA_PERSONNE
        if self.etat == EtatProfil.SUSPENDU:
            return "L’équipe du hub a suspendu ce profil. Écrivez-lui pour en parler."
        if self.etat == EtatProfil.ACTIF:
            return "Votre profil est déjà ouvert."
        if not self.pseudonyme:
            return "Choisissez d’abord un pseudonyme."
        if not self.majeur:
            return "Dites d’abord que vous êtes majeur, ou que votre représentant vous accompagne."
        return None

    def raison_de_ne_pas_decider(self, transition, par) -> str | None:
        """Why the team may not take this decision now."""
        if not modere(par):
            return RESERVE_A_LA_MODERATION
        if self.etat not in DEPUIS[TransitionProfil(transition)]:
            return f"Ce n’est pas possible : l’état est « {self.get_etat_display().lower()} »."
        return None

    # --- Doing: the owner ------------------------------------------------------------------
    def ouvrir(self, par, finalites=()):
        """Open to propositions. ``finalites``: what the person agrees to with the same gesture."""
        with self._verrou():
            if raison := self.raison_de_ne_pas_ouvrir(par):
                raise TransitionRefusee(raison)
            for finalite in finalites:
                donner(par, finalite)
            if not actif(par, Finalite.APPARIEMENT):
                raise TransitionRefusee(
                    "Sans votre accord pour comparer votre profil aux appels, nous ne pouvons "
                    "rien vous proposer."
                )
            self.passer(
                {EtatProfil.BROUILLON, EtatProfil.FERME},
                EtatProfil.ACTIF,
                par=self._signataire(par),
                action="ouvrir",
                pause_jusqu_au=None,
                motif="",
            )

    def mettre_en_pause(self, jusqu_au: date, par):
        """No proposition until that day included; it resumes by itself the day after."""
        aujourdhui = timezone.localdate()
        if not aujourdhui <= jusqu_au <= aujourdhui + PAUSE_AU_PLUS:
            raise TransitionRefusee("Choisissez une date à venir, dans l’année.")
        self._changer_la_pause(jusqu_au, par, "mettre_en_pause")

    def reprendre(self, par):
        """End the pause now."""
        self._changer_la_pause(None, par, "reprendre")

    def fermer(self, par, motif: str = ""):
        """Close: not matched, not shown. The owner needs no reason; the team gives one."""
        if not self.est_a(par):
            self._exiger_moderation(par)
            motif = self._motif(motif)
        with self._verrou():
            self.passer(
                DEPUIS[TransitionProfil.FERMER],
                EtatProfil.FERME,
                par=self._signataire(par),
                action="fermer",
                pause_jusqu_au=None,
                motif="" if self.est_a(par) else motif,
            )
            if not self.est_a(par):
                envoyer(self.personne.email, "annuaire/profil_ferme", {"suspendu": False})

    def effacer_les_reponses(self, par):
        """Forget everything that the sections hold but the pseudonym and the majority."""
        from annuaire.sections_de_profil import CHAMPS_A_EFFACER

        if raison := self.raison_de_ne_pas_ecrire(par):
            raise TransitionRefusee(raison)
        with self._verrou():
            for champ in CHAMPS_A_EFFACER:
                setattr(self, champ, self._meta.get_field(champ).get_default())
            self.suivi, self.modifiee_le = {}, timezone.now()
            # A page still open elsewhere is stale: it must not write back what was erased.
            self.versions = {section: nombre + 1 for section, nombre in self.versions.items()}
            self.save(update_fields=[*CHAMPS_A_EFFACER, "suivi", "versions", "modifiee_le"])
            consigner(self, "effacer_les_reponses", self._signataire(par))

    # --- Doing: the team ---------------------------------------------------------------------
    def suspendre(self, par, motif: str):
        """Close until the team lifts it; the owner reads why in their space."""
        self._exiger_moderation(par)
        motif = self._motif(motif)
        with self._verrou():
            self.passer(
                DEPUIS[TransitionProfil.SUSPENDRE],
                EtatProfil.SUSPENDU,
                par=par,
                action="suspendre",
                motif=motif,
            )
            envoyer(self.personne.email, "annuaire/profil_ferme", {"suspendu": True})

    def lever_la_suspension(self, par):
        """The profile is closed; its owner may open it again."""
        self._exiger_moderation(par)
        with self._verrou():
            self.passer(
                DEPUIS[TransitionProfil.LEVER],
                EtatProfil.FERME,
                par=par,
                action="lever_la_suspension",
                motif="",
            )

    # --- Helpers -------------------------------------------------------------------------
    def _signataire(self, par):
        """Who signs in the journal: the team, not the owner, whose name stays apart from here."""
        return None if self.est_a(par) else par

    @contextmanager
    def _verrou(self):
        """Lock the row and read it again: what is checked is what moves."""
        with transaction.atomic():
            try:
                self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
            except type(self).DoesNotExist:
                raise TransitionRefusee("Ce profil n’existe plus.") from None
            yield

    def _changer_la_pause(self, jusqu_au, par, action):
        if raison := self.raison_de_ne_pas_ecrire(par):
            raise TransitionRefusee(raison)
        with self._verrou():
            if self.etat != EtatProfil.ACTIF:
                raise TransitionRefusee("Votre profil n’est pas ouvert : il n’y a rien à changer.")
            self.pause_jusqu_au = jusqu_au
            self.save(update_fields=["pause_jusqu_au"])
            consigner(self, action, self._signataire(par))

    @staticmethod
    def _exiger_moderation(par):
        if not modere(par):
            raise TransitionRefusee(RESERVE_A_LA_MODERATION)

    @staticmethod
    def _motif(motif: str) -> str:
        motif = (motif or "").replace("\x00", "").strip()
        if not motif:
            raise TransitionRefusee("Dites pourquoi : la personne lira ce motif.")
        return motif[:1000]
