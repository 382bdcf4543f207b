"""Announcing what is done of the propositions: together, and once to each person who asked."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultation.enums import Decision, EtatConsultation
from consultation.models import Abonnement, Suite
from hubpartenariat.socle.courriel import envoyer
from hubpartenariat.socle.differences import Morceau, differences
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee

SEL = "consultation.abonnement"
ENCORE_OUVERTE = "Les suites se publient une fois la consultation close."
DEJA_PUBLIEES = "Ces suites sont déjà publiées."


def publier(choisies, par=None) -> tuple[int, int]:
    """Publish these follow-ups; one mail per person and consultation, whatever their number.

    Returns (published, people told). Raises TransitionRefusee. Safe to call twice.
    """
    with transaction.atomic():
        lot = list(
            Suite.objects.filter(pk__in=[s.pk for s in choisies], publiee_le=None)
            .select_for_update(of=["self"])
            .select_related("proposition__consultation", "fusionnee_avec")
        )
        if not lot:
            raise TransitionRefusee(DEJA_PUBLIEES)
        if any(s.proposition.consultation.etat != EtatConsultation.CLOSE for s in lot):
            raise TransitionRefusee(ENCORE_OUVERTE)
        maintenant = timezone.now()
        for suite in lot:
            suite.publiee_le = maintenant
            suite.save(update_fields=["publiee_le"])
            consigner(suite, "publier_suite", par, decision=suite.decision)
        prevenues = sum(_prevenir(c, du_lot, maintenant) for c, du_lot in _par_consultation(lot))
    return len(lot), prevenues


def _par_consultation(lot):
    par: dict = {}
    for suite in lot:
        par.setdefault(suite.proposition.consultation, []).append(suite)
    return par.items()


def _prevenir(consultation, lot, maintenant) -> int:
    """One mail to each person who follows this consultation, with everything of the batch."""
    abonnements = list(Abonnement.objects.filter(consultation=consultation))
    for abonnement in abonnements:
        contexte = {
            "consultation": consultation,
            "suites": lot,
            "lien": settings.ADRESSE_PUBLIQUE
            + reverse("consultation:suites", args=[consultation.slug]),
            "desinscription": settings.ADRESSE_PUBLIQUE + lien_de_desinscription(abonnement),
            "raison": "Vous avez demandé à savoir ce qui est fait des avis donnés.",
        }
        envoyer(
            abonnement.courriel,
            "consultation/suites",
            contexte,
            cle=f"suites:{abonnement.pk}:{maintenant:%Y%m%dT%H%M%S%f}",
        )
    return len(abonnements)


def lien_de_desinscription(abonnement: Abonnement) -> str:
    jeton = signing.dumps(str(abonnement.pk), salt=SEL)
    return reverse("consultation:ne_plus_suivre", args=[abonnement.consultation.slug, jeton])


def abonnement_de(consultation, jeton: str) -> Abonnement | None:
    """The subscription that this link of a mail ends; None when forged or already gone."""
    try:
        cle = signing.loads(jeton, salt=SEL)
    except signing.BadSignature:
        return None
    return Abonnement.objects.filter(pk=cle, consultation=consultation).first()


def texte_compare(suite: Suite) -> list[Morceau]:
    """What changed in the words of the proposition; nothing when they are kept."""
    if suite.decision != Decision.AJUSTEE:
        return []
    return differences(suite.proposition.titre, suite.titre_ajuste)


def publiees_de(consultation) -> list[Suite]:
    """The follow-ups that everybody may read, in the order of the propositions. Two queries."""
    toutes = Suite.objects.publiees().filter(proposition__consultation=consultation).with_tout()
    return list(toutes)
