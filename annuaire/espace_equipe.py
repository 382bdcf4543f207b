"""What waits for the team in the directory."""

from hubpartenariat.socle.files import dans_l_etat, file

file(
    "signalement à lire",
    "signalements à lire",
    "admin:annuaire_signalement_changelist",
    "annuaire.traiter_signalement",
    dans_l_etat("annuaire.Signalement", "recu"),
    "etat__exact=recu",
)
file(
    "appel à relire",
    "appels à relire",
    "admin:annuaire_appel_changelist",
    "annuaire.moderer_appel",
    dans_l_etat("annuaire.Appel", "a_moderer"),
)
file(
    "offre à relire",
    "offres à relire",
    "admin:annuaire_offre_changelist",
    "annuaire.moderer_appel",
    dans_l_etat("annuaire.Offre", "a_moderer"),
)
file(
    "structure proposée",
    "structures proposées",
    "admin:annuaire_structure_changelist",
    "annuaire.moderer_structure",
    dans_l_etat("annuaire.Structure", "proposee"),
)
file(
    "demande de rattachement",
    "demandes de rattachement",
    "admin:annuaire_rattachement_changelist",
    "annuaire.moderer_structure",
    dans_l_etat("annuaire.Rattachement", "demande"),
)
