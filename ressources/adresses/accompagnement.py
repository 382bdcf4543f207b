"""Support of teams, bilan, attestations."""

from django.urls import path

from ressources.views import accompagnement, attestations, bilan, rencontres

ICI = "projets/<uuid:projet>/"
UN = "accompagnements/<uuid:accompagnement>/"
MIENNE = "mes-attestations/<uuid:attestation>/"

urlpatterns = [
    path(f"{ICI}accompagnement/", accompagnement.du_projet, name="projet_accompagnement"),
    path(
        f"{ICI}accompagnement/retirer/",
        accompagnement.retirer,
        name="projet_accompagnement_retirer",
    ),
    path("accompagnements/", accompagnement.equipes, name="accompagnements"),
    path(UN, accompagnement.equipe, name="accompagnement"),
    path(f"{UN}prendre/", accompagnement.prendre, name="accompagnement_prendre"),
    path(f"{UN}confier/", accompagnement.confier, name="accompagnement_confier"),
    path(f"{UN}rencontres/<int:rencontre>/", rencontres.corriger, name="rencontre_corriger"),
    path(f"{UN}rencontres/<int:rencontre>/oter/", rencontres.oter, name="rencontre_oter"),
    path(f"{UN}clore/", accompagnement.clore, name="accompagnement_clore"),
    path(f"{ICI}bilan/", bilan.bilan, name="bilan"),
    path(f"{ICI}bilan/modifier/", bilan.modifier, name="bilan_modifier"),
    path(f"{ICI}bilan/rendre/", bilan.rendre, name="bilan_rendre"),
    path(f"{ICI}bilan/pdf/", bilan.pdf, name="bilan_pdf"),
    path(f"{ICI}attestations/", attestations.attestations, name="projet_attestations"),
    path(
        f"{ICI}attestations/<uuid:attestation>/cosigner/",
        attestations.cosigner,
        name="attestation_cosigner",
    ),
    path(f"{ICI}attestations/<uuid:attestation>/pdf/", attestations.pdf, name="attestation_pdf"),
    path(
        f"{ICI}attestations/<uuid:attestation>/refuser/",
        attestations.refuser,
        name="attestation_refuser",
    ),
    path("mes-attestations/", attestations.miennes, name="mes_attestations"),
    path(f"{MIENNE}pdf/", attestations.la_mienne_en_pdf, name="mon_attestation_pdf"),
    path(f"{MIENNE}retirer/", attestations.retirer, name="attestation_retirer"),
    path("attestations/<str:code>/", attestations.verifier, name="verifier_attestation"),
]
