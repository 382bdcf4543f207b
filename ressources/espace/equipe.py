"""What waits for the team in the library, the stories and the agenda."""

from django.apps import apps

from hubpartenariat.socle.files import dans_l_etat, file


def _publiees(lesquelles: str):
    """How many published entries ask for this care (a method of their queryset)."""

    def compter() -> int:
        publiees = apps.get_model("ressources.Ressource").objects.publiees()
        return getattr(publiees, lesquelles)().count()

    return compter


file(
    "ressource proposée",
    "ressources proposées",
    "admin:ressources_ressource_changelist",
    "ressources.moderer_ressource",
    dans_l_etat("ressources.Ressource", "proposee"),
)
file(
    "ressource non relue depuis un an",
    "ressources non relues depuis un an",
    "admin:ressources_ressource_changelist",
    "ressources.moderer_ressource",
    _publiees("a_relire"),
    "etat=publiee&entretien=a_relire",
)
file(
    "ressource au lien muet",
    "ressources au lien muet",
    "admin:ressources_ressource_changelist",
    "ressources.moderer_ressource",
    _publiees("liens_muets"),
    "etat=publiee&entretien=lien_mort",
)
file(
    "récit à relire",
    "récits à relire",
    "admin:ressources_parole_changelist",
    "ressources.moderer_parole",
    dans_l_etat("ressources.Parole", "proposee"),
)
file(
    "événement proposé",
    "événements proposés",
    "admin:ressources_evenement_changelist",
    "ressources.change_evenement",
    dans_l_etat("ressources.Evenement", "propose"),
    "etat=propose",
)
