"""Addresses of the directory. Parameters are named after what they designate."""

from django.urls import path

from annuaire.views import propositions, relations

app_name = "annuaire"
urlpatterns = [
    # Structures, référents
    #
    # Profile of a patient partenaire
    #
    # Appels and offres
    #
    # Mise en relation
    path("propositions/", propositions.propositions, name="propositions"),
    path(
        "propositions/<uuid:sollicitation>/decliner/",
        propositions.decliner,
        name="decliner_proposition",
    ),
    path("lien/<str:lien>/", propositions.lien, name="lien"),
    path("appels/<slug:appel>/interesse/", propositions.interesse, name="interesse"),
    path("appels/<uuid:appel>/candidatures/", relations.candidatures, name="candidatures"),
    path("appels/<uuid:appel>/tirage/", relations.tirer_au_sort, name="tirage"),
    path("offres/<uuid:offre>/repondre/", relations.repondre_offre, name="repondre_offre"),
    path("mises-en-relation/", relations.mes_relations, name="mes_relations"),
    path("mises-en-relation/<uuid:relation>/", relations.relation, name="relation"),
    path("mises-en-relation/<uuid:relation>/accepter/", relations.accepter, name="accepter"),
    path("mises-en-relation/<uuid:relation>/decliner/", relations.decliner, name="decliner"),
    path("mises-en-relation/<uuid:relation>/se-retirer/", relations.se_retirer, name="se_retirer"),
    path(
        "mises-en-relation/<uuid:relation>/tiers/",
        relations.demander_un_tiers,
        name="demander_un_tiers",
    ),
    #
    # Missions, carnet d'engagement, signalements
]
