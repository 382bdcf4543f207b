"""Agreements: a receipt each, one gesture to withdraw, a year to live."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hubpartenariat.comptes.consentements import (
    JOURS_DE_VALIDITE,
    TEXTES,
    Consentement,
    Finalite,
    actif,
    actives,
    donner,
    renouveler,
    retirer,
)
from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.comptes.rappels import rappeler_les_consentements
from hubpartenariat.comptes.tasks import rappeler_les_consentements as tache
from hubpartenariat.socle.courriel import Courriel

pytestmark = pytest.mark.django_db
PAGE = "/mon-espace/consentements/"


def vieillir(jours):
    for recu in Consentement.objects.all():
        recu.donne_le -= timedelta(days=jours)
        recu.expire_le -= timedelta(days=jours)
        recu.save()


def avec(finalite):
    return set(Utilisateur.objects.avec_consentement(finalite))


@pytest.mark.parametrize("finalite", Finalite)
def test_a_yes_is_a_receipt_with_the_text_agreed_to(finalite, personne):
    lea = personne()
    recu = donner(lea, finalite)
    assert recu.texte == TEXTES[finalite].accord
    assert recu.version
    assert (recu.expire_le - recu.donne_le).days == JOURS_DE_VALIDITE
    assert actif(lea, finalite)
    assert actives(lea) == {finalite}
    assert avec(finalite) == {lea}
    for autre in set(Finalite) - {finalite}:
        assert not actif(lea, autre)
        assert not avec(autre)


def test_giving_twice_is_giving_once(personne):
    lea = personne()
    assert donner(lea, Finalite.CONTACT) == donner(lea, Finalite.CONTACT)
    assert Consentement.objects.count() == 1


def test_the_database_holds_one_agreement_at_a_time(personne):
    recu = donner(personne(), Finalite.CONTACT)
    recu.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        recu.save()


def test_withdrawing_counts_at_once_and_leaves_the_receipt(personne):
    lea = personne()
    donner(lea, Finalite.CONTACT)
    assert retirer(lea, Finalite.CONTACT)
    assert not retirer(lea, Finalite.CONTACT)
    assert not actif(lea, Finalite.CONTACT)
    assert not avec(Finalite.CONTACT)
    recu = Consentement.objects.get()
    assert recu.retire_le
    donner(lea, Finalite.CONTACT)
    assert Consentement.objects.count() == 2


def test_after_a_year_it_counts_as_none_until_given_again(personne):
    lea = personne()
    donner(lea, Finalite.APPARIEMENT)
    vieillir(JOURS_DE_VALIDITE - 1)
    assert actif(lea, Finalite.APPARIEMENT)
    vieillir(1)
    assert not actif(lea, Finalite.APPARIEMENT)
    assert not actives(lea)
    assert not avec(Finalite.APPARIEMENT)
    donner(lea, Finalite.APPARIEMENT)
    assert actif(lea, Finalite.APPARIEMENT)
    assert Consentement.objects.en_vigueur().count() == 1


def test_renewing_replaces_the_receipt_for_a_year(personne):
    lea = personne()
    ancien = donner(lea, Finalite.CONTACT)
    assert renouveler(lea, Finalite.CONTACT) == ancien, "a double click"
    vieillir(340)
    renouveler(lea, Finalite.CONTACT)
    ancien.refresh_from_db()
    assert ancien.renouvele_le
    assert not ancien.retire_le
    nouveau = Consentement.objects.en_vigueur().get()
    assert nouveau.expire_le > timezone.now() + timedelta(days=364)


def test_a_closed_account_agrees_to_nothing(personne):
    lea = personne()
    donner(lea, Finalite.CONTACT)
    lea.activer(False)
    assert not avec(Finalite.CONTACT)


# --- The yearly reminder --------------------------------------------------------------------
def test_one_mail_a_month_before_the_end_and_never_twice(personne):
    lea = personne("lea@exemple.fr")
    for finalite in (Finalite.APPARIEMENT, Finalite.CONTACT):
        donner(lea, finalite)
    donner(personne("marc@exemple.fr"), Finalite.CONTACT)
    vieillir(JOURS_DE_VALIDITE - 31)
    assert rappeler_les_consentements() == 0
    vieillir(1)
    Consentement.objects.filter(personne__email="marc@exemple.fr").update(retire_le=timezone.now())
    assert rappeler_les_consentements() == 1
    courriel = Courriel.objects.get()
    assert courriel.destinataire == "lea@exemple.fr"
    for finalite in (Finalite.APPARIEMENT, Finalite.CONTACT):
        assert finalite.label in courriel.texte
    assert PAGE in courriel.texte
    tache()
    assert Courriel.objects.count() == 1
    vieillir(40)
    tache()
    assert Courriel.objects.count() == 1, "expired: nothing more is asked"


# --- The page ---------------------------------------------------------------------------------
def test_each_purpose_has_its_text_its_date_and_its_gesture(client_de, personne):
    lea = personne()
    client = client_de(lea)
    page = client.get(PAGE).content.decode()
    assert page.count('value="donner"') == len(Finalite)
    client.post(PAGE, {"geste": "donner", "finalite": "contact"})
    assert actives(lea) == {"contact"}
    page = client.get(PAGE).content.decode()
    assert page.count('value="retirer"') == page.count('value="renouveler"') == 1
    reponse = client.post(PAGE, {"geste": "retirer", "finalite": "contact"}, follow=True)
    assert "Plus aucune proposition par e-mail" in reponse.content.decode()
    assert actives(lea) == set()
    page = client.get(PAGE).content.decode().replace("\xa0", " ")
    assert "retiré le" in page, "the receipt stays to be read"


def test_an_expired_agreement_says_so(client_de, personne):
    lea = personne()
    donner(lea, Finalite.CONTACT)
    vieillir(400)
    client = client_de(lea)
    assert "Accord expiré" in client.get(PAGE).content.decode()
    client.post(PAGE, {"geste": "renouveler", "finalite": "contact"})
    assert actif(lea, Finalite.CONTACT)


@pytest.mark.parametrize(
    "envoi",
    [{}, {"geste": "donner"}, {"geste": "x", "finalite": "contact"},
     {"geste": "donner", "finalite": "tout"}, {"geste": "\x00", "finalite": "\x00"}],
)  # fmt: skip
def test_an_unknown_gesture_changes_nothing(envoi, client_de, personne):
    assert client_de(personne()).post(PAGE, envoi).status_code == 400
    assert not Consentement.objects.exists()


def test_mine_only(client_de, personne):
    lea, marc = personne("lea@exemple.fr"), personne("marc@exemple.fr")
    donner(lea, Finalite.CONTACT)
    client_de(marc).post(PAGE, {"geste": "retirer", "finalite": "contact", "personne": lea.pk})
    assert actif(lea, Finalite.CONTACT)
    assert client_de(None).get(PAGE).status_code == 302
