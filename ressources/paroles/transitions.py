"""What can happen to a story: sent, taken back, published, to revise, declined, withdrawn.

``raison_de_ne_pas_…(par)`` refuses in French, one method does. ``par`` is a person, or None for a
command run by the operator of the hub.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.enums import DecisionParole, EtatParole
from ressources.paroles import avis

B, P, R = EtatParole.BROUILLON, EtatParole.PROPOSEE, EtatParole.A_REVOIR
PUBLIEE, REFUSEE, RETIREE = EtatParole.PUBLIEE, EtatParole.REFUSEE, EtatParole.RETIREE
A_MOTIVER = {DecisionParole.FAIRE_REVOIR, DecisionParole.REFUSER, DecisionParole.RETIRER}
RESERVE_A_LA_MODERATION = "Seule l’équipe qui modère peut faire cela."
RESERVE_A_L_AUTEUR = "Seule la personne qui a écrit ce récit peut faire cela."
MANQUES = {
    "titre": "un titre",
    "raconte": "qui raconte",
    "quoi": "ce que vous avez fait",
    "avec_qui": "avec qui",
    "change": "ce qui a changé",
    "referions": "ce que vous referiez",
}


class TransitionsDeParole:
    """The transitions of ``ressources.models.Parole``, apart from its columns."""

    # --- Asking --------------------------------------------------------------------------
    def raison_de_ne_pas(self, transition: str, par) -> str | None:
        return getattr(self, f"raison_de_ne_pas_{DecisionParole(transition).value}")(par)

    def raison_de_ne_pas_soumettre(self, par) -> str | None:
        if raison := self._pas_a_l_auteur(par, {B, R}):
            return raison
        manquent = [mot for nom, mot in MANQUES.items() if not getattr(self, nom).strip()]
        return f"Il manque : {', '.join(manquent)}." if manquent else None

    def raison_de_ne_pas_reprendre(self, par) -> str | None:
        return self._pas_a_l_auteur(par, {P, REFUSEE, RETIREE})

    def raison_de_ne_pas_supprimer(self, par) -> str | None:
        return self._pas_a_l_auteur(par, set(EtatParole) - {PUBLIEE})

    def raison_de_ne_pas_publier(self, par) -> str | None:
        return self._pas_a_l_equipe(par, {P})

    raison_de_ne_pas_faire_revoir = raison_de_ne_pas_refuser = raison_de_ne_pas_publier

    def raison_de_ne_pas_retirer(self, par) -> str | None:
        """Its author at any time; the team too, with a reason."""
        if par is not None and self.est_de(par):
            return self._hors_etat({PUBLIEE})
        return self._pas_a_l_equipe(par, {PUBLIEE})

    def _pas_a_l_auteur(self, par, etats) -> str | None:
        if par is not None and not self.est_de(par):
            return RESERVE_A_L_AUTEUR
        return self._hors_etat(etats)

    def _pas_a_l_equipe(self, par, etats) -> str | None:
        if par is not None and not par.has_perm("ressources.moderer_parole"):
            return RESERVE_A_LA_MODERATION
        if par is not None and self.est_de(par):
            return "Vous avez écrit ce récit : une autre personne de l’équipe en décide."
        return self._hors_etat(etats)

    def _hors_etat(self, etats) -> str | None:
        if self.etat in etats:
            return None
        return f"L’état de ce récit est « {self.get_etat_display().lower()} »."

    # --- Doing: the author ---------------------------------------------------------------
    def soumettre(self, par) -> None:
        """Send to the team; those who must be asked receive the story, once for these words."""
        with self._si_permis("soumettre", par):
            self.passer([B, R], P, par=par, action="soumettre", attestee_le=timezone.now(),
                        motif="")  # fmt: skip
            for une in self.citees.select_related("parole"):
                if une.a_qui_demander:
                    avis.demander_l_accord(une)

    def reprendre(self, par) -> None:
        """Back to a draft, to be written again."""
        with self._si_permis("reprendre", par):
            self.passer([P, REFUSEE, RETIREE], B, par=par, action="reprendre")

    def supprimer(self, par) -> None:
        """Erase the story and those it quotes; a published one is withdrawn first."""
        with self._si_permis("supprimer", par):
            consigner(self, "supprimer", par)
            possibles = type(self).objects.filter(pk=self.pk).exclude(etat=PUBLIEE)
            if not possibles.delete()[0]:
                raise TransitionRefusee("Ce récit vient d’être publié : retirez-le d’abord.")

    # --- Doing: the team ------------------------------------------------------------------
    def publier(self, par) -> None:
        """Show the story to everybody, with the names agreed; its author is told."""
        with self._si_permis("publier", par):
            tenue = self._tenir()
            self.passer([P], PUBLIEE, par=par, action="publier", publie=tenue.copie(),
                        publiee_le=timezone.now(), motif="")  # fmt: skip
            avis.a_l_auteur(self, "parole_publiee")

    def faire_revoir(self, par, motif: str) -> None:
        """Ask the author to write a point again."""
        with self._si_permis("faire_revoir", par):
            self._motiver([P], R, par, "faire_revoir", motif)
            avis.a_l_auteur(self, "parole_a_revoir")

    def refuser(self, par, motif: str) -> None:
        """Do not publish, saying why."""
        with self._si_permis("refuser", par):
            self._motiver([P], REFUSEE, par, "refuser", motif)
            avis.a_l_auteur(self, "parole_refusee")

    def retirer(self, par, motif: str = "") -> None:
        """Out of everybody's sight at once: its copy is erased. The team says why."""
        with self._si_permis("retirer", par):
            if par is not None and self.est_de(par):
                self.passer([PUBLIEE], RETIREE, par=par, action="retirer", publie={}, motif="")
                return
            self._motiver([PUBLIEE], RETIREE, par, "retirer", motif, publie={})
            avis.a_l_auteur(self, "parole_retiree")

    # --- Names ----------------------------------------------------------------------------
    def refaire_la_copie(self) -> None:
        """Write again what everybody reads, after somebody agreed or not. In a transaction."""
        tenue = self._tenir()
        if tenue.etat == PUBLIEE:
            type(self).objects.filter(pk=self.pk).update(publie=tenue.copie())

    def _tenir(self):
        """The row as it is now, locked until the end of the transaction."""
        return type(self).objects.select_for_update().get(pk=self.pk)

    def _motiver(self, depuis, vers, par, action: str, motif: str, **champs) -> None:
        motif = (motif or "").replace("\x00", "").strip()[:2000]
        if not motif:
            raise TransitionRefusee("Dites pourquoi : ce motif sera lu.")
        self.passer(depuis, vers, par=par, action=action, motif=motif, **champs)

    @contextmanager
    def _si_permis(self, transition, par):
        if raison := getattr(self, f"raison_de_ne_pas_{transition}")(par):
            raise TransitionRefusee(raison)
        with transaction.atomic():
            yield
