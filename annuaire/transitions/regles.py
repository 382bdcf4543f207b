"""What the transitions of the relations ask: who may, whether a seat is free, what is locked."""

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from annuaire.enums import EtatMission, EtatRattachement, EtatRelation, RoleRattachement

LONGUEUR_MOTIVATION = 1200
LONGUEUR_RAISON = 1000

PLUS_DE_PLACE = "Toutes les places sont prises pour l’instant."
APPEL_CLOS = "Cet appel n’est plus ouvert."
PAS_LIBRE = (
    "Cette personne ne peut pas s’engager pour l’instant. Attendez un peu, ou dites oui à une "
    "autre personne."
)
PLAFOND_DE_MISSIONS = (
    "Vous avez déjà autant de missions en cours que vous l’avez choisi. Terminez-en une, ou "
    "changez ce nombre dans votre profil."
)
DE_L_EQUIPE = (
    "Vous faites partie de l’équipe de cet appel, ou vous représentez ou dirigez la structure : "
    "vous ne pouvez pas y répondre."
)


def modele(nom: str):
    return apps.get_model("annuaire", nom)


def verrouiller(modele_, cle):
    """The row, locked against other transitions but not against rows that refer to it."""
    return modele_._base_manager.select_for_update(no_key=True).get(pk=cle)


def places_libres(appel) -> int:
    """Seats that nobody holds. One query."""
    return max(0, appel.places - appel.relations.assises().count())


def est_juge_et_partie(personne, appel) -> bool:
    """Is ``personne`` in the team of the appel, or in charge of its structure? Two queries."""
    if appel.equipe.filter(pk=personne.pk).exists():
        return True
    return dirige(personne, appel.structure_id)


def dirige(personne, structure_id) -> bool:
    return (
        bool(structure_id)
        and personne.rattachements.filter(
            structure_id=structure_id,
            etat=EtatRattachement.ACCEPTE,
            role__in=[RoleRattachement.GESTIONNAIRE, RoleRattachement.REFERENT],
        ).exists()
    )


def missions_actives(profil) -> int:
    """Missions that count within the ceiling of the profile. One query."""
    return profil.relations.filter(
        etat=EtatRelation.ACCORDEE, mission__etat__in=EtatMission.actives()
    ).count()


def texte_propre(texte: str, longueur: int) -> str:
    return (texte or "").replace("\x00", "").strip()[:longueur]


def referent_disponible(relation):
    """A référent who covers the territory and is no party, the least busy first; or None."""
    objet = relation.appel if relation.appel_id else relation.offre
    structure = relation.appel.structure if relation.appel_id else relation.structure
    couvre = Q(departements__overlap=[*objet.departements, "region"])
    if structure and structure.groupe:
        couvre |= Q(groupe__iexact=structure.groupe)
    if "region" in objet.departements:
        couvre |= Q(departements__len__gt=0)
    parties = {relation.profil.personne_id, relation.repondant_id}
    if relation.appel_id:
        parties |= set(relation.appel.equipe.values_list("pk", flat=True))
    candidats = (
        modele("Perimetre")
        .objects.filter(couvre, personne__is_active=True)
        .filter(Q(jusqu_au=None) | Q(jusqu_au__gte=timezone.localdate()))
        .exclude(personne__in=[cle for cle in parties if cle])
        .select_related("personne")
    )
    structure_id = structure and structure.pk
    libres = [un.personne for un in candidats if not dirige(un.personne, structure_id)]
    return min(libres, key=lambda une: une.relations_accompagnees.count(), default=None)
