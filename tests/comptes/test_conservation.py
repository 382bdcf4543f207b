"""Retention: what is past its time goes, once, and says so; inactive accounts are warned twice."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annuaire.models import Appel, MiseEnRelation, Profil, Sollicitation
from hubpartenariat.celery import app
from hubpartenariat.comptes import effaces
from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.socle import conservation
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import EntreeJournal, consigner
from tests import fabriques

pytestmark = pytest.mark.django_db
JOUR = timedelta(days=1)


@pytest.fixture
def dormeur(personne):
    """Somebody who came last 25 months and a half ago."""
    compte = personne("dormeur@exemple.fr", "membre", nom="Dormeur")
    dormir(compte, 24 * 31 + 40)
    return compte


def dormir(compte, jours) -> None:
    Utilisateur.objects.filter(pk=compte.pk).update(
        last_login=timezone.now() - jours * JOUR, date_joined=timezone.now() - 2000 * JOUR
    )


def passer(jours=0) -> dict:
    return conservation.appliquer(executer=True, maintenant=timezone.now() + jours * JOUR)


def messages(compte) -> list[str]:
    return list(Courriel.objects.filter(destinataire=compte.email).values_list("sujet", flat=True))


def test_dry_by_default_says_and_does_nothing(dormeur):
    sortie = StringIO()
    call_command("purger_donnees", stdout=sortie)
    assert "avertis à 23 mois" in sortie.getvalue()
    assert "Rien n’a été fait" in sortie.getvalue()
    dormeur.refresh_from_db()
    assert dormeur.avertissements == 0
    assert messages(dormeur) == []
    assert not EntreeJournal.objects.filter(action="purge").exists()


def test_warned_twice_a_month_apart_then_erased(dormeur):
    assert passer()["inactifs_avertis"] == 1
    assert passer(1)["inactifs_avertis"] == 0, "safe to run twice"
    assert passer(29)["inactifs_avertis"] == 1
    assert len(messages(dormeur)) == 2
    assert "effacé dans un mois" in messages(dormeur)[0]
    assert passer(40)["inactifs_effaces"] == 0
    assert passer(58)["inactifs_effaces"] == 1
    dormeur.refresh_from_db()
    assert (dormeur.is_active, dormeur.nom) == (False, "")
    assert passer(59)["inactifs_effaces"] == 0
    journal = EntreeJournal.objects.filter(action="purge").first()
    assert journal.detail["inactifs_effaces"] == 1
    assert "Dormeur" not in str(journal.detail)


def test_coming_back_starts_afresh(dormeur):
    passer()
    Utilisateur.objects.filter(pk=dormeur.pk).update(last_login=timezone.now() + JOUR)
    assert passer(2)["revenus"] == 1
    dormeur.refresh_from_db()
    assert dormeur.avertissements == 0
    assert passer(60)["inactifs_effaces"] == 0


def test_who_still_answers_for_a_fiche_is_kept_and_counted(dormeur):
    fabriques.fiche(dormeur, "publiee")
    for jours in (0, 29, 58):
        comptes = passer(jours)
    assert comptes["inactifs_effaces"] == 0
    assert comptes["inactifs_retenus"] == 1
    dormeur.refresh_from_db()
    assert dormeur.is_active


def test_who_came_lately_is_left_alone(personne):
    compte = personne("la@exemple.fr")
    dormir(compte, 600)
    assert passer()["inactifs_avertis"] == 0


def test_relations_and_appels_are_forgotten_after_two_years(personne):
    profil = Profil.objects.create(personne=personne("a@exemple.fr"), majeur=True)
    appel = Appel.objects.create(titre="Vieux", etat="expire")
    appel.equipe.add(personne("b@exemple.fr"))
    MiseEnRelation.objects.create(
        appel=appel, profil=profil, etat="sans_suite", motivation="Des mots."
    )
    Sollicitation.objects.create(
        appel=appel, profil=profil, mois="2024-01", rang=1, creee_le=timezone.now()
    )
    assert passer(700)["relations"] == 0
    comptes = passer(740)
    assert (comptes["relations"], comptes["appels"], comptes["propositions"]) == (1, 1, 1)
    assert MiseEnRelation.objects.get().motivation == ""
    assert not Appel.objects.get().equipe.exists()
    assert passer(741)["appels"] == 0


def test_the_journal_is_kept_five_years(personne):
    consigner(personne("a@exemple.fr"), "essai")
    assert passer(1800)["journal"] == 0
    assert passer(1830)["journal"] >= 1
    assert not EntreeJournal.objects.filter(action="essai").exists()


def test_the_clock_runs_it_every_day():
    prevu = app.conf.beat_schedule["purger_donnees"]
    assert prevu["schedule"].hour == {4}
    from hubpartenariat.socle.tasks import purger_donnees

    assert prevu["task"] == purger_donnees.name
    purger_donnees()


# --- After a restore ------------------------------------------------------------------------
def test_erased_people_stay_erased_after_a_restore(
    personne, django_capture_on_commit_callbacks, settings
):
    claire, paul = personne("claire@exemple.fr", nom="Claire"), personne("paul@exemple.fr")
    copie = Utilisateur.objects.filter(pk=claire.pk).values("email", "nom", "is_active").get()
    with django_capture_on_commit_callbacks(execute=True):
        claire.anonymiser()
    texte = effaces.registre().read_text()
    assert texte.startswith(f"{claire.pk} ")
    assert "claire" not in texte.lower()
    Utilisateur.objects.filter(pk=claire.pk).update(**copie)  # the backup comes back
    sortie = StringIO()
    call_command("rejouer_les_effacements", stdout=sortie)
    assert "1 effacé(s) de nouveau" in sortie.getvalue()
    claire.refresh_from_db()
    assert (claire.nom, claire.is_active) == ("", False)
    paul.refresh_from_db()
    assert paul.is_active
    call_command("rejouer_les_effacements", stdout=(encore := StringIO()))
    assert "0 effacé(s)" in encore.getvalue()


def test_an_erasure_that_is_rolled_back_is_not_listed(personne, django_capture_on_commit_callbacks):
    claire = personne("claire@exemple.fr")
    with django_capture_on_commit_callbacks(execute=False):
        claire.anonymiser()
    assert list(effaces.effaces()) == []


def test_the_mail_leads_to_the_copy(dormeur):
    passer()
    texte = Courriel.objects.get(destinataire=dormeur.email).texte
    assert reverse("mes_donnees") in texte
    assert Client().get(reverse("mes_donnees")).status_code == 302
