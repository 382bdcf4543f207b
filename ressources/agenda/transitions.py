"""What can happen to an event: proposed by a member, published, declined, cancelled.

``raison_de_ne_pas_…(par)`` refuses in French, one method does. ``par`` is a person, or None for a
command run by the operator of the hub.
"""

from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.enums import EtatEvenement

PROPOSE, PUBLIE, ANNULE = EtatEvenement.PROPOSE, EtatEvenement.PUBLIE, EtatEvenement.ANNULE
ACTIONS = {
    EtatEvenement.BROUILLON: "reprendre",
    PROPOSE: "proposer",
    PUBLIE: "publier",
    EtatEvenement.REFUSE: "refuser",
    ANNULE: "annuler",
}


class TransitionsDEvenement:
    """The transitions of ``ressources.models.Evenement``, apart from its columns."""

    def raison_de_ne_pas_annuler(self, par) -> str | None:
        """The organiser, or the team, before it is over."""
        if par is not None and not self.est_de(par) and not self._est_de_l_equipe(par):
            return "Seul l’organisateur peut annuler cet événement."
        if self.etat != PUBLIE:
            return f"L’état de cet événement est « {self.get_etat_display().lower()} »."
        return "Cet événement est passé." if self.fin <= timezone.now() else None

    def raison_de_ne_pas_decider(self, par, vers: str, motif: str = "") -> str | None:
        """The team moves an event to any other state; declining asks for a reason."""
        if par is not None and not self._est_de_l_equipe(par):
            return "Seule l’équipe qui modère peut faire cela."
        if vers == EtatEvenement.REFUSE and not motif.strip():
            return "Dites pourquoi : ce motif sera lu par la personne qui l’a proposé."
        return None

    def raison_de_ne_pas_corriger(self, par) -> str | None:
        """Its organiser, until the team has published it: those who registered count on it."""
        if not self.est_de(par):
            return "Seul l’organisateur peut corriger cet événement."
        if self.etat not in (PROPOSE, EtatEvenement.REFUSE):
            return "Cet événement est publié : écrivez à l’équipe pour le changer, ou annulez-le."
        return None

    def reproposer(self, par) -> None:
        """Corrected by its organiser: the team reads it (again). The columns are saved by then."""
        if raison := self.raison_de_ne_pas_corriger(par):
            raise TransitionRefusee(raison)
        depuis = [PROPOSE, EtatEvenement.REFUSE]
        self.passer(depuis, PROPOSE, par=par, action="corriger", motif="")

    def annuler(self, par) -> None:
        """It will not take place: everybody who has or awaits a place is told."""
        if raison := self.raison_de_ne_pas_annuler(par):
            raise TransitionRefusee(raison)
        self._passer(PUBLIE, ANNULE, par)

    def decider(self, par, vers: str, motif: str = "") -> None:
        """Move to ``vers`` as the team says; whoever proposed the event is told the answer."""
        if raison := self.raison_de_ne_pas_decider(par, vers, motif):
            raise TransitionRefusee(raison)
        self._passer(self.etat, vers, par, motif=motif)

    def _passer(self, depuis, vers, par, **champs) -> None:
        from ressources import inscriptions  # it reads the models

        with transaction.atomic():
            self.passer([depuis], vers, par=par, action=ACTIONS[vers], **champs)
            if vers == ANNULE:
                inscriptions.prevenir_de_l_annulation(self)
            elif depuis == PROPOSE and vers in (PUBLIE, EtatEvenement.REFUSE):
                inscriptions.repondre_a_la_proposition(self)

    @staticmethod
    def _est_de_l_equipe(par) -> bool:
        return par.has_perm("ressources.change_evenement")
