"""Support that changes hands: taken over, handed over, taken back; meetings corrected."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from hubpartenariat.socle.models import Courriel
from ressources.models import Accompagnement, Projet, Rencontre
from tests.ressources.outils_deux_voix import projet_a_deux


@pytest.fixture
def deux(db, client_de):
    projet, pro, patient = projet_a_deux("Relire les livrets")
    return projet, pro, patient, client_de(pro), client_de(patient)


@pytest.fixture
def referent(personne, client_de):
    return client_de(personne("referent@exemple.fr", "referent_territorial", nom="Sacha Référent"))


def ici(projet, suite="") -> str:
    return f"/ressources/projets/{projet.uuid}/{suite}"


def _suivi(titre, qui, pris, **rencontre):
    """A support followed since ``pris``, met once if ``rencontre`` says when."""
    projet, *_ = projet_a_deux(titre)
    un = Accompagnement.objects.create(
        projet=projet, etat="suivi", referent=qui, pris_le=pris, demande="Aidez-nous."
    )
    if rencontre:
        Rencontre.objects.create(accompagnement=un, decisions="Se revoir.", **rencontre)
    return un


@pytest.fixture
def pole(personne, client_de):
    return client_de(personne("pole@exemple.fr", "moderateur"), mfa=True)


def test_taken_over_when_who_followed_has_left(deux, referent, personne, client_de):
    projet, pro, _, lui, _ = deux
    parti = personne("parti@exemple.fr", "referent_territorial", nom="Parti Loin")
    un = Accompagnement.objects.create(
        projet=projet, etat="suivi", referent=parti, pris_le=timezone.now(), demande="Aidez-nous."
    )
    autre = client_de(personne("autre@exemple.fr", "referent_territorial"))
    autre.post(f"{un.get_absolute_url()}prendre/")
    assert Accompagnement.objects.get().referent == parti, "they still follow it"
    parti.is_active = False
    parti.save()
    dit = lui.get(ici(projet, "accompagnement/")).content.decode()
    assert "prendre la suite" in dit and "Parti Loin" not in dit
    assert "1 équipe attend" in referent.get("/mon-espace/").content.decode()
    assert "Suivre cette équipe" in referent.get(un.get_absolute_url()).content.decode()
    referent.post(f"{un.get_absolute_url()}prendre/")
    autre.post(f"{un.get_absolute_url()}prendre/")
    assert Accompagnement.objects.get().referent.email == "referent@exemple.fr"
    assert "Sacha Référent" in Courriel.objects.get(destinataire=pro.email).texte


def test_the_pole_hands_a_team_over_and_nobody_else_does(deux, referent, pole, personne, client_de):
    projet, pro, _, lui, _ = deux
    un = _suivi("À confier", get_user_model().objects.get(email="referent@exemple.fr"), None)
    nouvelle = personne("nouvelle@exemple.fr", "referent_territorial", nom="Nour Nouvelle")
    confier = f"{un.get_absolute_url()}confier/"
    assert "Confier cette équipe" not in referent.get(un.get_absolute_url()).content.decode()
    referent.post(confier, {"personne": nouvelle.pk})
    pole.post(confier, {"personne": pro.pk})  # follows no team
    un.refresh_from_db()
    assert un.referent.email == "referent@exemple.fr"
    assert "Nour Nouvelle" in pole.get(un.get_absolute_url()).content.decode()
    fait = pole.post(confier, {"personne": nouvelle.pk}, follow=True).content.decode()
    un.refresh_from_db()
    assert un.referent == nouvelle and "confiée à Nour Nouvelle" in fait
    assert un.get_absolute_url() in Courriel.objects.get(destinataire=nouvelle.email).texte
    equipe = un.projet.presents().first().personne
    assert "Nour Nouvelle" in Courriel.objects.get(destinataire=equipe.email).texte
    assert client_de(nouvelle).get(un.get_absolute_url()).status_code == 200
    assert referent.get(un.get_absolute_url()).status_code == 404


def test_the_team_takes_its_request_back_while_it_waits(deux, referent):
    projet, _, _, lui, elle = deux
    retirer = ici(projet, "accompagnement/retirer/")
    lui.post(ici(projet, "accompagnement/"), {"demande": "Aidez-nous."})
    assert referent.post(retirer).status_code == 404
    assert "Retirer notre demande" in elle.get(ici(projet, "accompagnement/")).content.decode()
    elle.post(retirer)
    assert not Accompagnement.objects.exists()
    lui.post(ici(projet, "accompagnement/"), {"demande": "De nouveau."})
    referent.post(f"{Accompagnement.objects.get().get_absolute_url()}prendre/")
    assert "Aucune demande n’attend" in elle.post(retirer, follow=True).content.decode()
    assert Accompagnement.objects.get().etat == "suivi"


def test_who_noted_a_meeting_corrects_or_removes_it(deux, referent, pole):
    projet, _, _, _, elle = deux
    un = _suivi("Suivie", get_user_model().objects.get(email="referent@exemple.fr"), None)
    notee = {"tenue_le": "24/11/2026", "decisions": "Écrire la charte.", "suites": ""}
    referent.post(un.get_absolute_url(), notee)
    une = Rencontre.objects.get()
    page = f"{un.get_absolute_url()}rencontres/{une.pk}/"
    assert page in referent.get(un.get_absolute_url()).content.decode()
    assert page not in pole.get(un.get_absolute_url()).content.decode()
    for client in (pole, elle):
        assert client.get(page).status_code == 404
        assert client.post(f"{page}oter/").status_code == 404
    assert referent.post(page, notee | {"decisions": " "}).status_code == 422
    referent.post(page, notee | {"decisions": "Relire la charte."})
    une.refresh_from_db()
    assert une.decisions == "Relire la charte." and "2026" in str(une)
    referent.post(f"{page}oter/")
    assert not Rencontre.objects.exists()


def test_a_meeting_keeps_the_step_of_its_day(deux, referent):
    projet, _, _, _, elle = deux
    qui = get_user_model().objects.get(email="referent@exemple.fr")
    un = Accompagnement.objects.create(
        projet=projet, etat="suivi", referent=qui, demande="Aidez-nous."
    )
    Projet.objects.filter(pk=projet.pk).update(pas="demarrer")
    referent.post(un.get_absolute_url(), {"tenue_le": "24/11/2026", "decisions": "Se revoir."})
    Projet.objects.filter(pk=projet.pk).update(pas="evaluer")
    for client, page in ((referent, un.get_absolute_url()), (elle, ici(projet, "accompagnement/"))):
        assert "Étape ce jour-là : Démarrer" in " ".join(client.get(page).content.decode().split())


def _structure(code):
    return Projet._meta.get_field("structure").related_model.objects.create(
        nom=f"Structure {code}", slug=uuid4().hex, departements=[code]
    )


def _prevenus(client, projet) -> set[str]:
    client.post(ici(projet, "accompagnement/"), {"demande": "Aidez-nous."})
    mails = Courriel.objects.filter(sujet__contains=projet.titre)
    return {adresse.split("@")[0] for adresse in mails.values_list("destinataire", flat=True)}


def test_a_request_goes_to_the_referents_of_the_territory_and_to_the_pole(
    deux, referent, pole, personne, client_de
):
    perimetres = get_user_model()._meta.get_field("perimetres").related_model.objects
    for nom, codes, fin in (
        ("ici", ["77"], None), ("region", ["region"], None), ("ailleurs", ["75"], None),
        ("ancien", ["77"], timezone.localdate() - timedelta(days=1)),
    ):  # fmt: skip
        qui = personne(f"{nom}@exemple.fr", "referent_territorial")
        perimetres.create(personne=qui, departements=codes, jusqu_au=fin)
    projet, _, _, lui, _ = deux
    tous = {"ici", "region", "ailleurs", "ancien", "referent", "pole"}
    assert _prevenus(lui, projet) == tous, "nobody knows where this project takes place"
    la_bas, pro, _ = projet_a_deux("Projet situé", structure=_structure("77"))
    assert _prevenus(client_de(pro), la_bas) == {"ici", "region", "pole"}
    loin, pro, _ = projet_a_deux("Projet loin", structure=_structure("95"))
    assert _prevenus(client_de(pro), loin) == {"region", "pole"}
    perimetres.filter(departements=["region"]).delete()
    seul, pro, _ = projet_a_deux("Projet seul", structure=_structure("95"))
    assert _prevenus(client_de(pro), seul) == tous, "nobody covers it: everybody may help"
