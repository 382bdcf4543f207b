"""States that move by named transitions: shared by everything that is moderated.

A transition is a conditional update (it acts only if one row was still in an expected state)
and a line of the journal, in one transaction. The caller is a model method; the same method
serves the site, the admin and the commands.
"""

from django.db import models, transaction
from django.utils import timezone

from hubpartenariat.socle.journal import consigner


class TransitionRefusee(Exception):
    """A transition that may not happen now. ``str()`` is the reason, in French, for the user."""


class Moderable(models.Model):
    """A row with a state. Subclasses declare ``etat`` (a CharField with choices)."""

    etat_depuis = models.DateTimeField("dans cet état depuis", default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def passer(self, depuis, vers, *, par, action: str, detail: dict | None = None, **champs):
        """Move to state ``vers`` if the row is still in one of ``depuis``, and write the journal.

        ``champs`` are saved by the same update. Raises TransitionRefusee when somebody else
        moved the row meanwhile; nothing is written then. Two queries.
        """
        maintenant = timezone.now()
        avec = {"etat": vers, "etat_depuis": maintenant, **champs}
        with transaction.atomic():
            changees = type(self)._base_manager.filter(pk=self.pk, etat__in=list(depuis))
            if changees.update(**avec) != 1:
                raise TransitionRefusee(
                    "L’état a changé entre-temps. Rechargez la page pour voir où en est la fiche."
                )
            consigner(self, action, par, de=str(self.etat), vers=str(vers), **(detail or {}))
        for champ, valeur in avec.items():
            setattr(self, champ, valeur)
