"""What can happen to an entry of the library. ``par`` is a person, None for the operator."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify

from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.enums import EtatRessource

A_RELIRE = timedelta(days=365)
RESERVEES = {"glossaire", "outils", "projets", "paroles", "parcours", "proposer"}


class TransitionsDeRessource:
    """Publish, refuse, archive, read over."""

    def raison_de_ne_pas_publier(self) -> str:
        if self.etat == EtatRessource.PUBLIEE:
            return "Cette ressource est déjà publiée."
        if not self.besoins:
            return "Dites à quel besoin elle répond : sans cela, personne ne la trouvera."
        return "" if self.en_bref else "Écrivez le résumé en mots simples."

    def publier(self, par=None) -> None:
        if raison := self.raison_de_ne_pas_publier():
            raise TransitionRefusee(raison)
        maintenant = timezone.now()
        self.passer(
            set(EtatRessource) - {EtatRessource.PUBLIEE},
            EtatRessource.PUBLIEE,
            par=par,
            action="publier",
            slug=self.slug or self._slug_libre(),
            publiee_le=self.publiee_le or maintenant,
            relue_le=maintenant.date(),
        )

    def refuser(self, par=None) -> None:
        if self.etat != EtatRessource.PROPOSEE:
            raise TransitionRefusee("Seule une ressource proposée peut être refusée.")
        self.passer([EtatRessource.PROPOSEE], EtatRessource.REFUSEE, par=par, action="refuser")

    def archiver(self, par=None) -> None:
        """Out of the list; its page says what replaces it."""
        if self.etat != EtatRessource.PUBLIEE:
            raise TransitionRefusee("Seule une ressource publiée peut être archivée.")
        self.passer([EtatRessource.PUBLIEE], EtatRessource.ARCHIVEE, par=par, action="archiver")

    @property
    def a_relire(self) -> bool:
        """Whether a year has passed since somebody last read it over."""
        return self.relue_le is None or timezone.localdate() - self.relue_le > A_RELIRE

    def _slug_libre(self) -> str:
        base = slugify(self.titre.replace("’", " "))[:80] or "ressource"
        for essai in range(1, 200):
            slug = base if essai == 1 else f"{base}-{essai}"
            if slug not in RESERVEES and not type(self).objects.filter(slug=slug).exists():
                return slug
        raise TransitionRefusee("Donnez un autre titre à cette ressource.")
