"""What waits for the team in the library, the stories and the agenda."""

from hubpartenariat.socle.files import dans_l_etat, file

file(
    "ressource proposée",
    "ressources proposées",
    "admin:ressources_ressource_changelist",
    "ressources.moderer_ressource",
    dans_l_etat("ressources.Ressource", "proposee"),
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
