"""What waits in the territory of a référent: appels and counts, never a person.

A référent is whoever holds a ``Perimetre`` still in force. What they cover: the appels of their
départements (all of them for the whole region) and those of the structures of their group.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from annuaire.avis_structures import absolue
from annuaire.enums import EtatAppel, EtatRelation
from annuaire.models import Appel, MiseEnRelation, Perimetre
from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.courriel import envoyer
from hubpartenariat.socle.vocabulaires import Territoire

PATIENCE = timedelta(days=10)


@dataclass(frozen=True)
class AFaire:
    """The to-do list of one référent. Appels are public; relations are only counted."""

    perimetres: list[Perimetre]
    sans_candidature: list[Appel]
    a_completer: list[Appel]  # ``donnees`` seats given of ``places``
    sans_reponse: list[Appel]  # ``en_attente`` answers waiting for more than ten days
    tiers: list[Appel]  # ``demandes`` people asked for a third party
    accompagnees: list[MiseEnRelation]  # those that this référent helps: the links they may open

    @property
    def relations_en_attente(self) -> int:
        return sum(appel.en_attente for appel in self.sans_reponse)

    @property
    def demandes_de_tiers(self) -> int:
        return sum(appel.demandes for appel in self.tiers)

    @property
    def nombre(self) -> int:
        return (
            len(self.sans_candidature)
            + len(self.a_completer)
            + self.relations_en_attente
            + self.demandes_de_tiers
            + len(self.accompagnees)
        )


def est_referent(personne) -> bool:
    """May ``personne`` open the to-do list? Two queries at most."""
    return personne.a_role(Role.REFERENT_TERRITORIAL) or bool(
        Perimetre.objects.en_vigueur().filter(personne=personne).exists()
    )


def couverts_par(perimetres: list[Perimetre]) -> QuerySet[Appel]:
    """The appels of what these perimetres cover, invented ones and drafts left out."""
    codes = {code for perimetre in perimetres for code in perimetre.departements}
    vivants = Appel.objects.filter(etat__in=EtatAppel.vivants())
    if Territoire.REGION in codes:
        return vivants
    ou = Q(departements__overlap=sorted(codes)) if codes else Q(pk=None)
    for perimetre in perimetres:
        if perimetre.groupe:
            ou |= Q(structure__groupe__iexact=perimetre.groupe)
    return vivants.filter(ou)


def a_faire(personne, maintenant=None) -> AFaire:
    """Six queries, however much there is."""
    avant = (maintenant or timezone.now()) - PATIENCE
    perimetres = list(Perimetre.objects.en_vigueur().filter(personne=personne))
    appels = couverts_par(perimetres).only("slug", "titre", "places", "publie_le", "expire_le")
    appels = appels.order_by("publie_le", "pk")
    donnees = Count("relations", filter=Q(relations__etat=EtatRelation.ACCORDEE))
    en_cours = Q(relations__etat=EtatRelation.EN_COURS)
    attente = Count("relations", filter=en_cours & Q(relations__creee_le__lt=avant))
    demandes = Count(
        "relations",
        filter=en_cours
        & Q(relations__tiers_demande_le__isnull=False, relations__tiers__isnull=True),
    )
    return AFaire(
        perimetres=perimetres,
        sans_candidature=list(appels.filter(relations=None, publie_le__lt=avant)),
        a_completer=list(
            appels.annotate(donnees=donnees).filter(donnees__gte=1, donnees__lt=F("places"))
        ),
        sans_reponse=list(appels.annotate(en_attente=attente).filter(en_attente__gt=0)),
        tiers=list(appels.annotate(demandes=demandes).filter(demandes__gt=0)),
        accompagnees=list(
            MiseEnRelation.objects.filter(
                tiers=personne, etat=EtatRelation.EN_COURS
            ).select_related("appel")
        ),
    )


def par_territoire() -> list[dict]:
    """For the public page: who covers what, named only with their agreement. One query."""
    perimetres = list(
        Perimetre.objects.en_vigueur()
        .filter(personne__is_active=True)
        .select_related("personne")
        .order_by("personne__nom", "pk")
    )
    lignes = [
        (code, libelle, [p for p in perimetres if code in p.departements])
        for code, libelle in Territoire.choices
    ]
    # A group is named by those who agreed to be named: it may say who they are.
    groupes = sorted({p.groupe for p in perimetres if p.groupe and p.public})
    lignes += [
        ("", groupe, [p for p in perimetres if p.public and p.groupe == groupe])
        for groupe in groupes
    ]
    return [
        {
            "code": code,
            "libelle": libelle,
            "nommes": [
                {"nom": p.personne.nom, "presentation": p.presentation, "depuis": p.depuis}
                for p in ils
                if p.public and p.personne.nom
            ],
            "autres": sum(not (p.public and p.personne.nom) for p in ils),
        }
        for code, libelle, ils in lignes
    ]


def resumer() -> int:
    """To each référent in force, once a month: counts and a link. Returns how many there are."""
    mois = f"{timezone.localdate():%Y-%m}"
    en_vigueur = Perimetre.objects.en_vigueur().values("personne")
    personnes = get_user_model().objects.filter(pk__in=en_vigueur, is_active=True)
    for personne in personnes.order_by("pk"):
        envoyer(
            personne.email,
            "annuaire/resume_referent",
            {
                "nom": personne.get_short_name(),
                "liste": a_faire(personne),
                "adresse": absolue(reverse("annuaire:a_faire")),
                "raison": "Vous recevez ce message car le hub vous a confié un territoire.",
            },
            cle=f"resume-referent:{mois}:{personne.pk}",
        )
    return len(personnes)
