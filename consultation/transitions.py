"""What can happen to a consultation. Each act is one method; its predicate says why it refuses."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consultation import questionnaires
from consultation.enums import EtatConsultation, Provenance, Source
from consultation.regles import Regles
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee


class TransitionsDeConsultation:
    """Open, close, copy for a next round."""

    @property
    def ouverte_maintenant(self) -> bool:
        """Whether an answer is accepted at this instant, whatever the clock of the worker."""
        maintenant = timezone.now()
        return self.etat == EtatConsultation.OUVERTE and self.ouvre_le <= maintenant < self.ferme_le

    @property
    def libelle_d_etat(self) -> str:
        """The state in words, with the date that matters now."""
        if self.etat == EtatConsultation.OUVERTE and not self.ouverte_maintenant:
            return "Close" if timezone.now() >= self.ferme_le else "Bientôt ouverte"
        return self.get_etat_display()

    def accepte(self, source: str) -> bool:
        """May an answer that comes so be written now? Sheets handed in on the last day are typed
        by the team until the results are published."""
        if self.ouverte_maintenant or source != Source.PAPIER:
            return self.ouverte_maintenant
        finie = self.etat == EtatConsultation.CLOSE or (
            self.etat == EtatConsultation.OUVERTE and timezone.now() >= self.ferme_le
        )
        return finie and not self.resultats.exists()

    def raison_de_ne_pas_ouvrir(self) -> str:
        if self.etat != EtatConsultation.PREPARATION:
            return "Cette consultation a déjà été ouverte."
        if self.provenance != Provenance.HUB:
            return "Des résultats publiés ailleurs ne s’ouvrent pas aux réponses."
        if not self.ouvre_le or not self.ferme_le:
            return "Donnez les dates d’ouverture et de fermeture."
        if self.ferme_le <= timezone.now():
            return "La date de fermeture est déjà passée."
        try:
            Regles.de(self.regles)
        except ValueError as erreur:
            return str(erreur)
        return " ".join(questionnaires.manques(questionnaires.photographier(self)))

    def ouvrir(self, par=None) -> None:
        """Freeze the questions and the rules, accept answers from ``ouvre_le`` on."""
        if raison := self.raison_de_ne_pas_ouvrir():
            raise TransitionRefusee(raison)
        with transaction.atomic():
            questionnaires.figer(self)
            self.passer(
                [EtatConsultation.PREPARATION], EtatConsultation.OUVERTE, par=par, action="ouvrir"
            )
            # Public from now on: a row written again enters the index of the search.
            self.propositions.update(ordre=F("ordre"))

    def raison_de_ne_pas_fermer(self) -> str:
        if self.etat != EtatConsultation.OUVERTE:
            return "Cette consultation n’est pas ouverte."
        return "" if timezone.now() > self.ouvre_le else "Elle n’a pas encore commencé."

    def fermer(self, par=None) -> None:
        """Accept no more answers. What was begun and not sent is kept, counted as the rule says."""
        if raison := self.raison_de_ne_pas_fermer():
            raise TransitionRefusee(raison)
        fin = min(self.ferme_le, timezone.now())
        self.passer(
            [EtatConsultation.OUVERTE],
            EtatConsultation.CLOSE,
            par=par,
            action="fermer",
            ferme_le=fin,
        )

    def dupliquer(self, par=None):
        """A next round: the same questions in preparation, tied to this one, without any answer."""
        with transaction.atomic():
            suivante = type(self).objects.create(
                slug=self._slug_libre(),
                titre=f"{self.titre} (tour suivant)"[:160],
                presentation=self.presentation,
                regles=self.regles,
                precedente=self,
            )
            colleges = _copier(self.colleges.all(), consultation=suivante)
            for question in self.questions_profil.all():
                (copie,) = _copier([question], consultation=suivante).values()
                for categorie in list(question.categories.all()):
                    college = colleges.get(categorie.college_id)
                    _copier([categorie], question=copie, college=college)
            for echelle in self.echelles.all():
                modalites = list(echelle.modalites.all())
                (copie,) = _copier([echelle], consultation=suivante).values()
                _copier(modalites, echelle=copie)
            themes = _copier(self.themes.all(), consultation=suivante)
            for proposition in self.propositions.all():
                theme = themes[proposition.theme_id]
                _copier([proposition], consultation=suivante, theme=theme)
            consigner(suivante, "dupliquer", par, de=self.slug)
        return suivante

    def _slug_libre(self) -> str:
        for n in range(2, 1000):
            slug = f"{self.slug[:74]}-{n}"
            if not type(self).objects.filter(slug=slug).exists():
                return slug
        raise TransitionRefusee("Donnez une autre adresse à cette consultation.")


def _copier(objets, **champs) -> dict:
    """New rows like these, with other parents. Returns {key of the original: copy}."""
    copies = {}
    for objet in objets:
        ancienne, objet.pk, objet._state.adding = objet.pk, None, True
        for nom, valeur in champs.items():
            setattr(objet, nom, valeur)
        objet.save()
        copies[ancienne] = objet
    return copies
