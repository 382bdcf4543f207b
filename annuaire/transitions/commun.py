"""What the transitions of the directory share: ask, lock, refuse with a reason."""

from contextlib import contextmanager

from django.db import transaction

from hubpartenariat.socle.moderation import TransitionRefusee

RESERVE_A_LA_MODERATION = "Seule l’équipe qui modère peut faire cela."
MOTIF_AU_PLUS = 2000


class SousVerrou:
    """``raison_de_ne_pas_…(par)`` says why not; one method of the same name does it.

    ``par`` is a person, or None for a command or a task.
    """

    transitions = None  # the TextChoices whose values are names of methods
    disparu = "Cela n’existe plus."

    def raison_de_ne_pas(self, transition: str, par) -> str | None:
        return getattr(self, f"raison_de_ne_pas_{self.transitions(transition).value}")(par)

    def transitions_permises(self, par) -> list:
        """What ``par`` may do now."""
        return [choix for choix in self.transitions if self.raison_de_ne_pas(choix, par) is None]

    @contextmanager
    def _si_permis(self, transition, par):
        """Lock the row, read it again, and refuse with the reason if the transition may not be."""
        with transaction.atomic():
            try:
                # No key lock: rows that only refer to this one are never made to wait.
                self.refresh_from_db(
                    from_queryset=type(self)._base_manager.select_for_update(no_key=True)
                )
            except type(self).DoesNotExist:
                raise TransitionRefusee(self.disparu) from None
            if raison := self.raison_de_ne_pas(transition, par):
                raise TransitionRefusee(raison)
            yield

    def _hors_etat(self, permis, phrases=None) -> str | None:
        if self.etat in permis:
            return None
        etat = self.get_etat_display().lower()
        return (phrases or {}).get(self.etat, f"Ce n’est pas possible : l’état est « {etat} ».")

    @staticmethod
    def _motif(motif: str) -> str:
        motif = (motif or "").replace("\x00", "").strip()
        if not motif:
            raise TransitionRefusee("Dites pourquoi : ce motif sera lu.")
        return motif[:MOTIF_AU_PLUS]
