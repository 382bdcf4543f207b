"""Addresses of the directory. Parameters are named after what they designate."""

from django.urls import path

from annuaire.views import (
    accueil,
    appels,
    appels_publics,
    carnet,
    mes_appels,
    messages,
    missions,
    offres,
    profils,
    propositions,
    referents,
    relations,
    signalements,
    structures,
)

app_name = "annuaire"
_structure = "structures/<slug:structure>/"
_ecrire = "appels/brouillons/<uuid:appel>/"
_suivre = "mes-appels/<uuid:appel>/"
_offre = "offres/<uuid:offre>/"
_relation = "mises-en-relation/<uuid:relation>/"
_mission = "missions/<uuid:mission>/"
urlpatterns = [
    # Structures, référents
    path("", accueil.accueil, name="accueil"),
    path("structures/", structures.structures, name="structures"),
    path("structures.<slug:ext>", structures.structures_format, name="structures_format"),
    path("structures/proposer/", structures.proposer, name="structure_proposer"),
    path("mes-structures/", structures.mes_structures, name="mes_structures"),
    path(_structure, structures.structure, name="structure"),
    path(_structure + "revendiquer/", structures.revendiquer, name="structure_revendiquer"),
    path(_structure + "modifier/", structures.modifier, name="structure_modifier"),
    path(_structure + "equipe/", structures.equipe, name="structure_equipe"),
    path(_structure + "equipe/<int:rattachement>/", structures.decider, name="structure_decider"),
    path(_structure + "moi/<int:rattachement>/", structures.rattachement, name="structure_moi"),
    path("referents/", referents.referents, name="referents"),
    path("a-faire/", referents.a_faire, name="a_faire"),
    #
    # Profile of a patient partenaire: the last line takes any word, so it stays last.
    path("profil/", profils.profil, name="profil"),
    path("profil/apercu/", profils.apercu, name="profil_apercu"),
    path("profil/ouvrir/", profils.ouvrir, name="profil_ouvrir"),
    path("profil/pause/", profils.pause, name="profil_pause"),
    path("profil/reprendre/", profils.reprendre, name="profil_reprendre"),
    path("profil/fermer/", profils.fermer, name="profil_fermer"),
    path("profil/<slug:section>/", profils.section, name="profil_section"),
    #
    # Appels and offres
    path("appels/", appels_publics.liste, name="appels"),
    path("appels.<slug:ext>", appels_publics.liste_format, name="appels_format"),
    path("appels/nouveau/", appels.nouveau, name="nouvel_appel"),
    path(_ecrire + "relecture/", appels.relecture, name="appel_relecture"),
    path(_ecrire + "autre-porte/", appels.autre_porte, name="appel_autre_porte"),
    path(_ecrire + "<slug:section>/", appels.section, name="appel_section"),
    path("appels/<slug:appel>/", appels_publics.appel, name="appel"),
    path("mes-appels/", mes_appels.mes_appels, name="mes_appels"),
    path(_suivre + "equipe/", mes_appels.equipe, name="appel_equipe"),
    path(_suivre + "places/", mes_appels.places, name="appel_places"),
    path(_suivre + "reprendre/", mes_appels.reprendre, name="appel_reprendre"),
    path(_suivre + "prolonger/", mes_appels.prolonger, name="appel_prolonger"),
    path(_suivre + "fermer/", mes_appels.fermer, name="appel_fermer"),
    path(_suivre + "sans-suite/", mes_appels.sans_suite, name="appel_sans_suite"),
    path(_suivre + "supprimer/", mes_appels.supprimer, name="appel_supprimer"),
    path("offres/", offres.liste, name="offres"),
    path("offres/nouvelle/", offres.nouvelle, name="nouvelle_offre"),
    path(_offre, offres.offre, name="offre"),
    path(_offre + "modifier/", offres.modifier, name="offre_modifier"),
    path(_offre + "reprendre/", offres.reprendre, name="offre_reprendre"),
    path(_offre + "pourvoir/", offres.pourvoir, name="offre_pourvoir"),
    path(_offre + "retirer/", offres.retirer, name="offre_retirer"),
    path(_offre + "supprimer/", offres.supprimer, name="offre_supprimer"),
    path("mes-offres/", offres.mes_offres, name="mes_offres"),
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
    # Messages, missions, carnet d'engagement, signalements
    path(_relation + "messages/", messages.fil, name="messages"),
    path(_relation + "messages/fermer/", messages.fermer, name="fermer_messages"),
    path(_relation + "messages/rouvrir/", messages.rouvrir, name="rouvrir_messages"),
    path("missions/", missions.mes_missions, name="missions"),
    path(_mission, missions.mission, name="mission"),
    *(
        path(f"{_mission}{acte}/", missions.changer, {"transition": acte}, f"{acte}_mission")
        for acte in missions.PAGES
    ),
    path(_mission + "retour/", missions.retour, name="retour_de_mission"),
    path(_mission + "rencontres/", missions.rencontres, name="rencontres"),
    path(
        _mission + "rencontres/<uuid:rencontre>/retirer/",
        missions.retirer_rencontre,
        name="retirer_rencontre",
    ),
    path(_mission + "carnet/", missions.carnet, name="carnet_de_mission"),
    path(_mission + "carnet/<uuid:ligne>/", missions.repondre_au_carnet, name="repondre_au_carnet"),
    path("carnet/", carnet.carnet, name="carnet"),
    path("carnet/lignes.csv", carnet.carnet_csv, name="carnet_csv"),
    path("carnet/ajouter/", carnet.ajouter, name="ajouter_ligne"),
    path("carnet/attestation/", carnet.attestation, name="attestation"),
    path("carnet/<uuid:ligne>/", carnet.modifier, name="modifier_ligne"),
    path("carnet/<uuid:ligne>/supprimer/", carnet.supprimer, name="supprimer_ligne"),
    path("carnet/<uuid:ligne>/co-signature/", carnet.cosignature, name="demander_cosignature"),
    path("carnet/<uuid:ligne>/reprendre/", carnet.reprendre, name="reprendre_ligne"),
    path("attestations/<uuid:attestation>/pdf/", carnet.attestation_pdf, name="attestation_pdf"),
    path("attestations/<str:code>/", carnet.verifier, name="verifier_attestation"),
    path("signaler/<slug:genre>/<str:cle>/", signalements.signaler, name="signaler"),
    path("signalements/", signalements.mes_signalements, name="signalements"),
]
