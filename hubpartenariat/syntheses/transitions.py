"""What happens to an edition: prepared, brought up to date, published, opened, withdrawn.

Each change is a conditional update: it happens once, or is refused in French. Once published, the
data of an edition never change: no method of this file writes them any more.
"""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from hubpartenariat.socle.rapports import Portee, Rapport, assembler

DEJA_FAIT = "Cette édition a changé entre-temps : relisez-la avant de décider."
ESSAIS = 5


class TransitionsDEdition:
    """Methods of ``Edition``."""

    def _changer(self, depuis: str, **champs) -> None:
        """Conditional update; refuses when the edition is no longer in state ``depuis``."""
        if not type(self).objects.filter(pk=self.pk, etat=depuis).update(**champs):
            raise TransitionRefusee(DEJA_FAIT)
        for nom, valeur in champs.items():
            setattr(self, nom, valeur)

    @classmethod
    def preparer(cls, rapport: Rapport, portee: Portee, qui=None):
        """The draft of this day: a new one, or the one that exists. Safe to run twice."""
        cles = {"rapport": rapport.code, "territoire": portee.territoire, "arretee_au": portee.au}
        precedente = (
            cls.objects.filter(
                rapport=rapport.code,
                territoire=portee.territoire,
                etat="publiee",
                arretee_au__lte=portee.au,
            )
            .order_by("-arretee_au", "-pk")
            .first()
        )
        donnees = comparer(assembler(rapport, portee), precedente)
        with transaction.atomic():
            edition, neuve = cls.objects.get_or_create(
                **cles,
                etat="brouillon",
                defaults={
                    "annee": portee.au.year,
                    "donnees": donnees,
                    "precedente": precedente,
                    "demandee_par": qui if getattr(qui, "is_authenticated", False) else None,
                },
            )
            if neuve:
                consigner(edition, "preparer", qui)
        return edition, neuve

    def raison_de_ne_pas_publier(self) -> str | None:
        if self.etat != "brouillon":
            return "Seul un brouillon se publie."
        if not self.donnees.get("chapitres"):
            return "Ce rapport n’a encore aucun chapitre : il n’y a rien à publier."
        return None

    def publier(self, qui) -> None:
        """Freeze and number. Two people who publish at once: one wins, numbers never clash."""
        if raison := self.raison_de_ne_pas_publier():
            raise TransitionRefusee(raison)
        for _ in range(ESSAIS):
            try:
                with transaction.atomic():
                    self._publier(qui)
                return
            except IntegrityError:
                continue  # the number was taken between the two lines
        raise TransitionRefusee(DEJA_FAIT)

    def _publier(self, qui) -> None:
        freres = type(self).objects.filter(
            rapport=self.rapport, territoire=self.territoire, annee=self.annee
        )
        numero = (freres.aggregate(plus_haut=Max("numero"))["plus_haut"] or 0) + 1
        donnees = self.donnees | {"edition": f"Édition {self.annee}-{numero}"}
        self._changer(
            "brouillon",
            etat="publiee",
            numero=numero,
            donnees=donnees,
            publiee_le=timezone.now(),
        )
        consigner(self, "publier", qui, numero=f"{self.annee}-{numero}")

    def raison_de_ne_pas_retirer(self, motif: str) -> str | None:
        if self.etat != "publiee":
            return "Seule une édition publiée se retire."
        if not motif.strip():
            return "Dites pourquoi : les personnes qui l’ont lue le liront."
        return None

    def retirer(self, qui, motif: str) -> None:
        """Withdraw, with a reason that its readers see. Its data stay, for the record."""
        if raison := self.raison_de_ne_pas_retirer(motif):
            raise TransitionRefusee(raison)
        with transaction.atomic():
            self._changer("publiee", etat="retiree", ouverte=False, motif=motif.strip()[:300])
            consigner(self, "retirer", qui)

    def ouvrir(self, qui, ouverte: bool = True) -> None:
        """Open to the public, or close again."""
        if self.etat != "publiee":
            raise TransitionRefusee("Seule une édition publiée s’ouvre au public.")
        with transaction.atomic():
            self._changer("publiee", ouverte=ouverte)
            consigner(self, "ouvrir" if ouverte else "refermer", qui)

    def jeter(self, qui) -> None:
        """Throw a draft away."""
        supprimes, _ = type(self).objects.filter(pk=self.pk, etat="brouillon").delete()
        if not supprimes:
            raise TransitionRefusee("Seul un brouillon se supprime : une édition se retire.")


def comparer(donnees: dict, precedente) -> dict:
    """``donnees`` with, beside each key figure, the one of the former edition when it had it."""
    if precedente is None:
        return donnees
    avant = {
        (bloc["cle"], une["libelle"]): une["valeur"]
        for chapitre in precedente.donnees.get("chapitres", [])
        for bloc in chapitre["blocs"]
        if bloc["genre"] == "chiffres"
        for une in bloc["chiffres"]
    }
    for chapitre in donnees["chapitres"]:
        for bloc in chapitre["blocs"]:
            if bloc["genre"] == "chiffres":
                bloc["avant"] = precedente.libelle_du_numero
                for une in bloc["chiffres"]:
                    une["avant"] = avant.get((bloc["cle"], une["libelle"]))
    return donnees | {"precedente": str(precedente)}
