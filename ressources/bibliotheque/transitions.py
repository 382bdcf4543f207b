"""What can happen to an entry of the library: published, declined, withdrawn, read over.

``raison_de_ne_pas_…(par)`` refuses in French, one method does. ``par`` is a person, or None for a
command run by the operator of the hub.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.bibliotheque import avis
from ressources.enums import EtatRessource, TransitionRessource

A_RELIRE = timedelta(days=365)
# Addresses of pages beside those of the entries.
RESERVEES = {"glossaire", "outils", "projets", "paroles", "demarrer", "proposer", "ressources"}
RESERVEES |= {"gardees", "selections", "mes-propositions", "agenda", "signer"}
RESERVEES |= {"accompagnements", "attestations", "mes-attestations"}
RESERVE_A_LA_MODERATION = "Seule l’équipe qui modère peut faire cela."
A_MOTIVER = {TransitionRessource.REFUSER, TransitionRessource.ARCHIVER}


class TransitionsDeRessource:
    """The transitions of ``ressources.models.Ressource``, apart from its columns."""

    # --- Asking --------------------------------------------------------------------------
    def raison_de_ne_pas(self, transition: str, par) -> str | None:
        return getattr(self, f"raison_de_ne_pas_{TransitionRessource(transition).value}")(par)

    def raison_de_ne_pas_publier(self, par) -> str | None:
        if raison := self._hors_etat(par, set(EtatRessource) - {EtatRessource.PUBLIEE}):
            return raison
        if not self.besoins:
            return "Dites à quel besoin elle répond : sans cela, personne ne la trouvera."
        return None if self.en_bref else "Écrivez le résumé en mots simples."

    def raison_de_ne_pas_refuser(self, par) -> str | None:
        return self._hors_etat(par, {EtatRessource.PROPOSEE})

    def raison_de_ne_pas_archiver(self, par) -> str | None:
        return self._hors_etat(par, {EtatRessource.PUBLIEE})

    def raison_de_ne_pas_relire(self, par) -> str | None:
        return self._hors_etat(par, {EtatRessource.PUBLIEE})

    def _hors_etat(self, par, etats) -> str | None:
        if par is not None and not par.has_perm("ressources.moderer_ressource"):
            return RESERVE_A_LA_MODERATION
        if self.etat in etats:
            return None
        return f"Cette ressource est « {self.get_etat_display().lower()} »."

    @property
    def a_relire(self) -> bool:
        """Whether a year has passed since somebody last read it over."""
        return self.relue_le is None or timezone.localdate() - self.relue_le > A_RELIRE

    # --- Doing ---------------------------------------------------------------------------
    def publier(self, par) -> None:
        """Show the entry to everybody; whoever proposed it is told."""
        with self._si_permis(TransitionRessource.PUBLIER, par):
            maintenant = timezone.now()
            self.passer(
                set(EtatRessource) - {EtatRessource.PUBLIEE},
                EtatRessource.PUBLIEE,
                par=par,
                action=TransitionRessource.PUBLIER,
                slug=self.slug or self._slug_libre(),
                publiee_le=self.publiee_le or maintenant,
                relue_le=timezone.localdate(),
                motif="",
                remplacee_par=None,
            )
            avis.a_qui_l_a_proposee(self, "ressource_publiee")

    def refuser(self, par, motif: str) -> None:
        """Decline a proposal, saying why."""
        with self._si_permis(TransitionRessource.REFUSER, par):
            self._clore(EtatRessource.PROPOSEE, EtatRessource.REFUSEE, par, motif)
            avis.a_qui_l_a_proposee(self, "ressource_refusee")

    def archiver(self, par, motif: str, remplacee_par=None) -> None:
        """Out of the list; its page stays, says why, and leads to what replaces it."""
        with self._si_permis(TransitionRessource.ARCHIVER, par):
            if remplacee_par is not None and remplacee_par.pk == self.pk:
                raise TransitionRefusee("Une ressource ne se remplace pas elle-même.")
            self._clore(
                EtatRessource.PUBLIEE, EtatRessource.ARCHIVEE, par, motif,
                remplacee_par=remplacee_par,
            )  # fmt: skip

    def relire(self, par) -> None:
        """Somebody read it over and vouches for it, for one more year."""
        with self._si_permis(TransitionRessource.RELIRE, par):
            self.relue_le = timezone.localdate()
            self.save(update_fields=["relue_le"])
            consigner(self, TransitionRessource.RELIRE, par)

    def _clore(self, depuis, vers, par, motif: str, **champs) -> None:
        motif = (motif or "").replace("\x00", "").strip()[:2000]
        if not motif:
            raise TransitionRefusee("Dites pourquoi : ce motif sera lu.")
        action = "refuser" if vers == EtatRessource.REFUSEE else "archiver"
        self.passer([depuis], vers, par=par, action=action, motif=motif, **champs)

    @contextmanager
    def _si_permis(self, transition, par):
        if raison := self.raison_de_ne_pas(transition, par):
            raise TransitionRefusee(raison)
        with transaction.atomic():
            yield

    def _slug_libre(self) -> str:
        base = slugify(self.titre.replace("’", " "))[:80] or "ressource"
        for essai in range(1, 200):
            slug = base if essai == 1 else f"{base}-{essai}"
            if slug not in RESERVEES and not type(self).objects.filter(slug=slug).exists():
                return slug
        raise TransitionRefusee("Donnez un autre titre à cette ressource.")
