"""What can happen to a live session and to its questions."""

from django.db import transaction

from consultation.enums import EtatQuestion, EtatSeance
from hubpartenariat.socle.moderation import TransitionRefusee

CLOSE = "La séance est close : elle ne change plus."


class TransitionsDeSeance:
    """Open, close."""

    def ouvrir(self, par=None) -> None:
        if self.etat != EtatSeance.PREPARATION:
            raise TransitionRefusee("Cette séance a déjà été ouverte.")
        if not self.questions.exists():
            raise TransitionRefusee("Écrivez au moins une question avant d’ouvrir la séance.")
        self.passer([EtatSeance.PREPARATION], EtatSeance.OUVERTE, par=par, action="ouvrir")

    def clore(self, par=None) -> None:
        """End it: no more answers, and nothing ties what was said to a browser any more."""
        if self.etat != EtatSeance.OUVERTE:
            raise TransitionRefusee("Cette séance n’est pas ouverte.")
        with transaction.atomic():
            self.passer([EtatSeance.OUVERTE], EtatSeance.CLOSE, par=par, action="clore")
            self.questions.filter(etat=EtatQuestion.OUVERTE).update(etat=EtatQuestion.FERMEE)
            self.participants.all().delete()


class TransitionsDeQuestion:
    """One question is open at a time: opening one closes the other."""

    def ouvrir(self, par=None) -> None:
        if self.seance.etat != EtatSeance.OUVERTE:
            raise TransitionRefusee("Ouvrez d’abord la séance.")
        with transaction.atomic():
            type(self.seance).objects.select_for_update().get(pk=self.seance_id)
            autres = self.seance.questions.filter(etat=EtatQuestion.OUVERTE).exclude(pk=self.pk)
            autres.update(etat=EtatQuestion.FERMEE)
            self.passer(
                [EtatQuestion.A_VENIR, EtatQuestion.FERMEE, EtatQuestion.OUVERTE],
                EtatQuestion.OUVERTE,
                par=par,
                action="ouvrir",
            )

    def fermer(self, par=None) -> None:
        if self.etat != EtatQuestion.OUVERTE:
            raise TransitionRefusee("Cette question n’est pas ouverte.")
        self.passer([EtatQuestion.OUVERTE], EtatQuestion.FERMEE, par=par, action="fermer")
