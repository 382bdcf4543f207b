"""Questions asked of the tables of consultations."""

from contextlib import suppress

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from consultation.enums import EtatConsultation, EtatReponse, EtatVerbatim
from hubpartenariat.socle.moderation import TransitionRefusee


class ConsultationQuerySet(models.QuerySet):
    def publiques(self):
        """Those that anybody may know of: open, closed, or taken over from elsewhere."""
        return self.filter(etat__in=EtatConsultation.publics())

    def visible_par(self, personne):
        """Everything for who prepares consultations, the public ones for everybody else."""
        if personne.has_perm("consultation.preparer_consultation"):
            return self
        return self.publiques()

    def with_suites(self):
        """``a_des_suites``: whether something done of its propositions is published."""
        from consultation.models import Suite

        siennes = Suite.objects.publiees().filter(proposition__consultation=OuterRef("pk"))
        return self.annotate(a_des_suites=Exists(siennes))

    def a_fermer(self, maintenant=None):
        return self.filter(
            etat=EtatConsultation.OUVERTE, ferme_le__lte=maintenant or timezone.now()
        )

    def clore_les_passees(self) -> int:
        """Close those whose date has passed. Returns how many."""
        closes = 0
        for consultation in self.a_fermer():
            with suppress(TransitionRefusee):  # somebody closed it meanwhile
                consultation.fermer()
                closes += 1
        return closes


class ReponseQuerySet(models.QuerySet):
    def comptees(self, consultation):
        """Answers that count: sent, not doubtful; drafts too when the rule says so."""
        from consultation.regles import Regles

        retenues = Q(etat=EtatReponse.ENVOYEE)
        if Regles.de(consultation.regles).brouillons:
            retenues |= Q(etat=EtatReponse.BROUILLON) & Q(avis__isnull=False)
        return self.filter(
            pk__in=self.model.objects.filter(
                retenues, consultation=consultation, douteuse=False
            ).values("pk")
        )


class RemarqueQuerySet(models.QuerySet):
    def sur_l_ensemble(self):
        """Words that are about no proposition alone."""
        return self.filter(proposition=None)

    def publiees_de(self, consultation):
        """Words published after a human reading, of answers that count, in no order of time."""
        return self.filter(
            etat=EtatVerbatim.PUBLIE,
            reponse__consultation=consultation,
            reponse__etat=EtatReponse.ENVOYEE,
            reponse__douteuse=False,
        ).order_by("texte_publie")
