"""Groups and permissions of each role, made by ``charger_roles`` (safe to run again)."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from hubpartenariat.comptes.enums import Role

# What each role adds to that of a member. Permissions of apps that are not there yet are left out.
LECTURE = {
    "cartographie.view_fiche",
    "cartographie.view_remarque",
    "annuaire.view_structure",
    "annuaire.view_appel",
    "syntheses.lire_edition",
}
MODERATION = LECTURE | {
    "syntheses.publier_edition",
    "syntheses.view_edition",
    "cartographie.moderer_fiche",
    "cartographie.change_fiche",
    "cartographie.add_remarque",
    "cartographie.change_remarque",
    "ressources.suivre_accompagnement",
    "ressources.moderer_ressource",
    "ressources.change_ressource",
    "ressources.moderer_parole",
    "ressources.lire_ensemble",
    "ressources.view_evenement",
    "ressources.add_evenement",
    "ressources.change_evenement",
    "annuaire.moderer_structure",
    "annuaire.add_structure",
    "annuaire.change_structure",
    "annuaire.view_rattachement",
    "annuaire.change_rattachement",
    "annuaire.moderer_appel",
    "annuaire.change_appel",
    "annuaire.view_offre",
    "annuaire.change_offre",
    "annuaire.moderer_profil",
    "annuaire.view_perimetre",
    "annuaire.add_perimetre",
    "annuaire.change_perimetre",
    "consultation.preparer_consultation",
    "consultation.view_consultation",
    "consultation.change_consultation",
    "comptes.view_utilisateur",
    "socle.view_groupedesynonymes",
    "socle.add_groupedesynonymes",
    "socle.change_groupedesynonymes",
    "socle.delete_groupedesynonymes",
    "socle.view_courriel",
    "socle.view_demandedocument",
    "socle.view_entreejournal",
    "socle.view_commune",
    "socle.view_execution",
}
ADMINISTRATION = MODERATION | {
    "cartographie.delete_fiche",
    "annuaire.delete_structure",
    "annuaire.view_signalement",
    "annuaire.change_signalement",
    "annuaire.traiter_signalement",
    "consultation.exporter_reponses",
    "comptes.add_utilisateur",
    "comptes.change_utilisateur",
}
PERMISSIONS = {
    Role.RELECTEUR_ARS: LECTURE,
    Role.MODERATEUR: MODERATION,
    Role.ADMINISTRATEUR: ADMINISTRATION,
}


def charger_roles() -> None:
    """Create the groups and give each exactly its permissions."""
    for role in Role.values:
        groupe, _ = Group.objects.get_or_create(name=role)
        groupe.permissions.set(_permissions(PERMISSIONS.get(role, set())))


def _permissions(noms: set[str]) -> list[Permission]:
    if not noms:
        return []
    voulues = Q()
    for nom in noms:
        app, _, code = nom.partition(".")
        voulues |= Q(content_type__app_label=app, codename=code)
    return list(Permission.objects.filter(voulues))
