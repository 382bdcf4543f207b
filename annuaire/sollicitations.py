"""Bringing appels to people: the one door, for the weekly round and for invitations alike.

The rank of a proposition within the month is given while the row of the profile is locked. It is
unique for a profile and a month, and never above what its owner chose: whatever asks, and however
many ask at once, nobody is written to more often than they said.
"""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from annuaire.enums import (
    Canal,
    EtatAppel,
    EtatMission,
    EtatProfil,
    EtatRattachement,
    EtatRelation,
    RoleRattachement,
)
from annuaire.models.profils import SOLLICITATIONS_AU_PLUS
from hubpartenariat.comptes.consentements import Consentement, Finalite
from hubpartenariat.socle.moderation import TransitionRefusee

PAS_MAINTENANT = "Cette personne ne peut pas recevoir cet appel maintenant."


class Demande(NamedTuple):
    """One appel to bring to one profile (by key), and the codes of the reasons."""

    profil_id: int
    appel: object
    raisons: list[str]


def mois_de(quand=None) -> str:
    """The month of a moment in Paris: « 2026-11 »."""
    return f"{timezone.localtime(quand):%Y-%m}"


def consentants(personnes, *finalites) -> set[int]:
    """Of these people (keys), those whose consent to every purpose stands now. One query."""
    valides = Consentement.objects.valides().filter(personne__in=personnes, finalite__in=finalites)
    comptes = valides.order_by().values("personne").annotate(n=Count("finalite", distinct=True))
    return set(comptes.filter(n=len(finalites)).values_list("personne", flat=True))


def solliciter(profil, appel, canal, raisons=()):
    """Bring ``appel`` to one person, with its mail. Raises TransitionRefusee when it may not be.

    The message is the same whatever the reason: it says nothing of the person.
    """
    faites = solliciter_plusieurs([Demande(profil.pk, appel, list(raisons))], canal)
    if not faites:
        raise TransitionRefusee(PAS_MAINTENANT)
    return faites[0]


def solliciter_plusieurs(demandes, canal: Canal) -> list:
    """Bring appels to people, as many as the rules allow, in the order of ``demandes``.

    One transaction: the profiles are locked in the order of their keys, everything is read again
    under the lock, propositions, personal links and mails are written together. About ten
    queries, whatever the number of people.
    """
    from annuaire.models import Profil, Sollicitation
    from annuaire.propositions import annoncer

    with transaction.atomic():
        profils = {
            profil.pk: profil
            for profil in Profil._base_manager.select_for_update(no_key=True, of=("self",))
            .filter(pk__in={demande.profil_id for demande in demandes})
            .select_related("personne")
            .order_by("pk")
        }
        regles = _Regles(list(profils.values()), {d.appel.pk: d.appel for d in demandes})
        retenues = []
        for demande in demandes:
            profil = profils.get(demande.profil_id)
            rang = regles.rang(profil, demande.appel) if profil else None
            if rang is not None:
                retenues.append(
                    Sollicitation(
                        appel=demande.appel,
                        profil=profil,
                        canal=canal,
                        mois=regles.mois,
                        rang=rang,
                        raisons=list(demande.raisons),
                    )
                )
        faites = Sollicitation.objects.bulk_create(retenues)
        annoncer(faites)
    return faites


class _Regles:
    """What is known under the lock, and the rank that it leaves to each person."""

    def __init__(self, profils, appels):
        from annuaire.models import Appel, MiseEnRelation, Rattachement, Sollicitation

        maintenant = timezone.now()
        self.mois, self.aujourd_hui = mois_de(maintenant), timezone.localdate(maintenant)
        cles = [profil.pk for profil in profils]
        personnes = [profil.personne_id for profil in profils]
        self.consentants = consentants(personnes, Finalite.APPARIEMENT, Finalite.CONTACT)
        self.dernier_rang = dict(
            Sollicitation.objects.filter(profil__in=cles, mois=self.mois)
            .values_list("profil")
            .annotate(dernier=Max("rang"))
            .order_by()
        )
        memes = {"profil__in": cles, "appel__in": appels}
        self.deja = set(Sollicitation.objects.filter(**memes).values_list("profil", "appel")) | set(
            MiseEnRelation.objects.filter(**memes).values_list("profil", "appel")
        )
        equipe = Appel.equipe.through.objects.filter(
            utilisateur_id__in=personnes, appel_id__in=appels
        )
        self.equipes = set(equipe.values_list("utilisateur_id", "appel_id"))
        self.dirigees = set(
            Rattachement.objects.filter(
                personne__in=personnes,
                etat=EtatRattachement.ACCEPTE,
                role__in=[RoleRattachement.GESTIONNAIRE, RoleRattachement.REFERENT],
            ).values_list("personne", "structure")
        )
        places = Count("relations", filter=Q(relations__siege__isnull=False))
        self.ouverts = {
            appel.pk
            for appel in Appel._base_manager.filter(
                pk__in=appels, etat__in=EtatAppel.vivants(), expire_le__gt=maintenant
            ).annotate(prises=places)
            if appel.prises < appel.places
        }
        self.occupes = set(
            MiseEnRelation.objects.filter(profil__in=cles, etat=EtatRelation.ACCORDEE)
            .filter(mission__etat__in=EtatMission.actives())
            .values("profil")
            .annotate(n=Count("pk"))
            .filter(n__gte=F("profil__missions_actives_max"))
            .values_list("profil", flat=True)
        )

    def rang(self, profil, appel) -> int | None:
        """The next rank of this person for this appel, taken; None when a rule forbids it."""
        if profil.etat != EtatProfil.ACTIF or not profil.personne.is_active:
            return None
        if profil.pause_jusqu_au and profil.pause_jusqu_au >= self.aujourd_hui:
            return None
        if profil.personne_id not in self.consentants or appel.pk not in self.ouverts:
            return None
        if (profil.pk, appel.pk) in self.deja or profil.pk in self.occupes:
            return None
        if (profil.personne_id, appel.pk) in self.equipes:
            return None
        if (profil.personne_id, appel.structure_id) in self.dirigees:
            return None
        rang = self.dernier_rang.get(profil.pk, 0) + 1
        if rang > min(profil.sollicitations_par_mois, SOLLICITATIONS_AU_PLUS):
            return None
        self.dernier_rang[profil.pk] = rang
        self.deja.add((profil.pk, appel.pk))
        return rang
