"""Counters of an hour: one for each visitor, even behind the one address of a proxy."""

import pytest
from django.test import RequestFactory

from hubpartenariat.socle import debit

pytestmark = pytest.mark.django_db
RELAIS = "10.0.0.1"


def venant_de(adresse: str):
    entetes = {"HTTP_X_FORWARDED_FOR": adresse} if adresse else {}
    return RequestFactory().get("/", REMOTE_ADDR=RELAIS, **entetes)


def test_beyond_the_number_and_not_before():
    assert [debit.trop("essai", "a", 2) for _ in range(4)] == [False, False, True, True]
    assert debit.deja_trop("essai", "a", 2)
    assert not debit.deja_trop("essai", "b", 2)
    assert not debit.trop("autre", "a", 2)


def test_visitors_behind_a_proxy_are_told_apart(settings):
    """Otherwise one who guesses codes would lock every room of the region out."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert debit.adresse(venant_de("192.0.2.7")) == "192.0.2.7"
    assert debit.adresse(venant_de("192.0.2.8")) == "192.0.2.8"
    assert debit.adresse(venant_de("")) == RELAIS


def test_without_a_proxy_what_a_browser_says_counts_for_nothing(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert debit.adresse(venant_de("192.0.2.7")) == RELAIS
