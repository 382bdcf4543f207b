"""Projects: the shared space, what is written and signed there, the models that anybody may try."""

from django.urls import path

from ressources.enums import GenreEcrit
from ressources.views import ecrits, fiche_projet, modeles, parcours, projets

ICI = "projets/<uuid:projet>/"
ECRIT = f"{ICI}ecrits/<uuid:ecrit>/"
CHARTE, LETTRE = {"genre": GenreEcrit.CHARTE}, {"genre": GenreEcrit.LETTRE}

urlpatterns = [
    path("projets/", projets.miens, name="projets"),
    path("projets/nouveau/", projets.nouveau, name="projet_nouveau"),
    path("projets/invitation/<str:jeton>/", projets.invitation, name="projet_invitation"),
    path(ICI, projets.projet, name="projet"),
    path(f"{ICI}modifier/", projets.modifier, name="projet_modifier"),
    path(f"{ICI}avancee/", parcours.avancee, name="projet_avancee"),
    path(f"{ICI}inviter/", projets.inviter, name="projet_inviter"),
    path(f"{ICI}inviter/pdf/", projets.invitation_papier, name="projet_inviter_pdf"),
    path(
        f"{ICI}invitations/<uuid:invitation>/annuler/",
        projets.annuler_l_invitation,
        name="projet_invitation_annuler",
    ),
    path(f"{ICI}mon-nom/", projets.mon_nom, name="projet_mon_nom"),
    path(f"{ICI}quitter/", projets.quitter, name="projet_quitter"),
    path(f"{ICI}charte/", ecrits.charte, name="projet_charte"),
    path(f"{ICI}lettre/", ecrits.lettre, name="projet_lettre"),
    path(ECRIT, ecrits.ecrit, name="ecrit"),
    path(f"{ECRIT}modifier/", ecrits.modifier, name="ecrit_modifier"),
    path(f"{ECRIT}proposer/", ecrits.proposer, name="ecrit_proposer"),
    path(f"{ECRIT}signer/", ecrits.signer, name="ecrit_signer"),
    path(f"{ECRIT}versions/<int:numero>/", ecrits.version, name="ecrit_version"),
    path(f"{ECRIT}versions/<int:numero>/pdf/", ecrits.pdf, name="ecrit_pdf"),
    path(f"{ECRIT}versions/<int:numero>/odt/", ecrits.odt, name="ecrit_odt"),
    path(f"{ICI}fiche/", fiche_projet.fiche, name="projet_fiche"),
    path(f"{ICI}fiche/modifier/", fiche_projet.modifier, name="projet_fiche_modifier"),
    path(f"{ICI}fiche/pdf/", fiche_projet.pdf, name="projet_fiche_pdf"),
    path(f"{ICI}releves/nouveau/", fiche_projet.nouveau_releve, name="releve_nouveau"),
    path(f"{ICI}releves/<int:releve>/", fiche_projet.releve, name="releve"),
    path(f"{ICI}releves/<int:releve>/corriger/", fiche_projet.corriger, name="releve_corriger"),
    path(f"{ICI}releves/<int:releve>/valider/", fiche_projet.valider, name="releve_valider"),
    path("signer/<str:jeton>/", ecrits.signer_par_lien, name="signer_par_lien"),
    path("outils/charte/", modeles.modele, CHARTE, name="charte"),
    path("outils/charte/telecharger/", modeles.telecharger, CHARTE, name="charte_telecharger"),
    path("outils/fiche-projet/", modeles.fiche_projet, name="fiche_projet"),
    path(
        "outils/fiche-projet/telecharger/",
        modeles.telecharger_la_fiche,
        name="fiche_projet_telecharger",
    ),
    path("outils/lettre-de-mission/", modeles.modele, LETTRE, name="lettre"),
    path(
        "outils/lettre-de-mission/telecharger/",
        modeles.telecharger,
        LETTRE,
        name="lettre_telecharger",
    ),
]
