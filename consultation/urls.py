"""Addresses of the consultations, under /consultations/."""

from django.urls import path

from consultation.views import apercu, consultations, papier, reponse, resultats, suites

app_name = "consultation"

urlpatterns = [
    path("", consultations.liste, name="liste"),
    path("<slug:slug>/", consultations.consultation, name="consultation"),
    path("<slug:slug>/apercu/", apercu.page, name="apercu"),
    path("<slug:slug>/apercu/<slug:code>/", apercu.page, name="apercu_page"),
    path("<slug:slug>/repondre/", reponse.entree, name="entree"),
    path("<slug:slug>/lien/<str:secret>/", reponse.lien, name="lien"),
    path("<slug:slug>/reponse/", reponse.relecture, name="relecture"),
    path("<slug:slug>/reponse/envoyer/", reponse.envoyer_la_reponse, name="envoyer"),
    path("<slug:slug>/reponse/effacer/", reponse.effacer, name="effacer"),
    path("<slug:slug>/reponse/quitter/", reponse.quitter, name="quitter"),
    path("<slug:slug>/reponse/lien/", reponse.recevoir_le_lien, name="recevoir_le_lien"),
    path("<slug:slug>/reponse/page/<slug:code>/", reponse.PageDeReponse.as_view(), name="page"),
    path("<slug:slug>/suivre/", reponse.s_abonner, name="s_abonner"),
    path("<slug:slug>/suites/", suites.toutes, name="suites"),
    path("<slug:slug>/ne-plus-suivre/<str:jeton>/", suites.ne_plus_suivre, name="ne_plus_suivre"),
    path("<slug:slug>/papier/", papier.papier, name="papier"),
    path("<slug:slug>/papier/pdf/", papier.papier_pdf, name="papier_pdf"),
    path("<slug:slug>/lettre/pdf/", papier.lettre, name="lettre_pdf"),
    path("<slug:slug>/resultats/", resultats.resultats, name="resultats"),
    path("<slug:slug>/resultats.<str:ext>", resultats.resultats_format, name="resultats_format"),
    path("<slug:slug>/propositions/<slug:code>/", resultats.proposition, name="proposition"),
]
