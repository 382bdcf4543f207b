"""What can happen to an event: proposed by a member, published, declined, cancelled.

``raison_de_ne_pas_…(par)`` refuses in French, one method does. ``par`` is a person, or None for a
command run by the operator of the hub.
"""

from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.enums import DecisionEvenement, EtatEvenement

BROUILLON, PROPOSE, PUBLIE, REFUSE, ANNULE = EtatEvenement
RESERVE_A_L_EQUIPE = "Seule l’équipe qui modère peut faire cela."
CHANGE = "Cet événement a changé depuis que vous l’avez lu : relisez-le, puis décidez."


class TransitionsDEvenement:
    """The transitions of ``ressources.models.Evenement``, apart from its columns."""

    # --- Refusals ------------------------------------------------------------------------
    def raison_de_ne_pas(self, decision: str, par) -> str | None:
        return getattr(self, f"raison_de_ne_pas_{DecisionEvenement(decision).value}")(par)

    def raison_de_ne_pas_publier(self, par) -> str | None:
        return self._pas_a_l_equipe(par, {BROUILLON, PROPOSE, REFUSE})

    def raison_de_ne_pas_refuser(self, par) -> str | None:
        return self._pas_a_l_equipe(par, {PROPOSE})

    def raison_de_ne_pas_annuler(self, par) -> str | None:
        """The organiser, or the team, before it is over."""
        if par is not None and not self.est_de(par) and not self._est_de_l_equipe(par):
            return "Seul l’organisateur peut annuler cet événement."
        if raison := self._hors_etat({PUBLIE}):
            return raison
        return "Cet événement est passé." if self.fin <= timezone.now() else None

    def raison_de_ne_pas_reprendre(self, par) -> str | None:
        """Out of sight again, as long as nobody counts on it."""
        if raison := self._pas_a_l_equipe(par, {PUBLIE, ANNULE}):
            return raison
        if self.inscriptions.exists():
            return "Des personnes y sont inscrites : annulez-le, elles seront prévenues."
        return None

    def raison_de_ne_pas_corriger(self, par) -> str | None:
        """Its organiser, until the team has published it: those who registered count on it."""
        if not self.est_de(par):
            return "Seul l’organisateur peut corriger cet événement."
        if self.etat not in (PROPOSE, REFUSE):
            return "Cet événement est publié : écrivez à l’équipe pour le changer, ou annulez-le."
        return None

    def _pas_a_l_equipe(self, par, etats) -> str | None:
        if par is not None and not self._est_de_l_equipe(par):
            return RESERVE_A_L_EQUIPE
        return self._hors_etat(etats)

    def _hors_etat(self, etats) -> str | None:
        if self.etat in etats:
            return None
        return f"L’état de cet événement est « {self.get_etat_display().lower()} »."

    @staticmethod
    def _est_de_l_equipe(par) -> bool:
        return par.has_perm("ressources.change_evenement")

    # --- Acts ----------------------------------------------------------------------------
    def reproposer(self, par) -> None:
        """Corrected by its organiser: the team reads it (again). The columns are saved by then."""
        if raison := self.raison_de_ne_pas_corriger(par):
            raise TransitionRefusee(raison)
        self.passer([PROPOSE, REFUSE], PROPOSE, par=par, action="corriger", motif="")

    def publier(self, par, lu: str = "") -> None:
        """Show it to everybody; whoever proposed it is told. ``lu``: stamp of what was read,
        refused (TransitionRefusee) when its organiser has changed it since."""
        self._decider(DecisionEvenement.PUBLIER, PUBLIE, par, lu, motif="")

    def refuser(self, par, motif: str, lu: str = "") -> None:
        """Do not show it; whoever proposed it reads ``motif``. ``lu`` as in ``publier``."""
        if not motif.strip():
            raise TransitionRefusee("Dites pourquoi : la personne qui l’a proposé le lira.")
        self._decider(DecisionEvenement.REFUSER, REFUSE, par, lu, motif=motif)

    def annuler(self, par) -> None:
        """It will not take place: everybody who has or awaits a place is told."""
        self._decider(DecisionEvenement.ANNULER, ANNULE, par)

    def reprendre(self, par) -> None:
        """Back to a draft of the team."""
        self._decider(DecisionEvenement.REPRENDRE, BROUILLON, par)

    @transaction.atomic
    def _decider(self, decision, vers, par, lu: str = "", **champs) -> None:
        from ressources import inscriptions  # it reads the models

        actuel = type(self).objects.select_for_update().get(pk=self.pk)
        if raison := actuel.raison_de_ne_pas(decision, par):
            raise TransitionRefusee(raison)
        if lu and lu != actuel.tampon:
            raise TransitionRefusee(CHANGE)
        self.passer([actuel.etat], vers, par=par, action=decision.value, **champs)
        if vers == ANNULE:
            inscriptions.prevenir_de_l_annulation(self)
        elif actuel.etat == PROPOSE:
            inscriptions.repondre_a_la_proposition(self)
