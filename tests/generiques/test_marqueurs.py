"""Nothing private is read by anybody who may not: every field, every address, every role."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from hubpartenariat.socle import registre
from hubpartenariat.socle.registre import Cercle
from tests.generiques.adresses import adresses
from tests.generiques.marqueurs.parcours import Marche, ecouter
from tests.generiques.marqueurs.poser import MOTIF, champs_a_marquer, poser
from tests.outils import bilan

pytestmark = pytest.mark.django_db

# Private fields that nobody ever reads in a page, although somebody may: why.
JAMAIS_LUS = {
    "socle.Courriel.html": "the words of the text, laid out for mail readers",
}


@pytest.fixture(scope="module")
def marques(monde):
    return poser()


@pytest.fixture(scope="module")
def marche(monde, marques):
    """The walk, once for the file: everything, as everybody, the privileged first."""
    with transaction.atomic():
        marche = Marche(monde, marques)
        with ecouter() as dits:
            marche.tout(adresses(monde))
        marche.dits = dits
        marche.sessions = [str(session.get_decoded()) for session in Session.objects.all()]
        marche.cache = copie("cache_du_hub")
        transaction.set_rollback(True)
    return marche


def copie(table: str) -> str:
    with connection.cursor() as curseur:
        curseur.execute(f'SELECT t::text FROM "{table}" t')
        return "\n".join(ligne[0] for ligne in curseur.fetchall())


# --- The walk -------------------------------------------------------------------------------
def test_nothing_private_is_shown(marche):
    mots, demandes = len(marche.marques.par_mot), marche.constat.demandes
    bilan.dire(f"markers: {mots} words, {demandes} requests")
    assert mots > 500
    assert not marche.constat.fuites, str(marche.constat)


def test_the_walk_met_no_failure(marche):
    assert not marche.constat.pannes, "\n".join(marche.constat.pannes[:20])


def test_each_private_field_is_read_by_somebody_who_may(marche):
    """Otherwise the walk proves nothing about it."""
    attendus = {
        marque.etiquette
        for mot, marque in marche.marques.par_mot.items()
        if marche.marques.lecteurs(mot)[0] - {Cercle.PERSONNE, Cercle.TOUS}
    }
    jamais = attendus - marche.constat.vues - set(JAMAIS_LUS)
    assert not jamais, "\n".join(sorted(jamais))
    assert not set(JAMAIS_LUS) & marche.constat.vues, "read after all: take it off the list"


def test_each_private_field_has_a_marker_of_two_owners(marche):
    """Every model is in the world with two owners or two rows; what has none is said."""
    par_champ = {}
    for marque in marche.marques.par_mot.values():
        par_champ.setdefault(marque.etiquette, set()).add(marque.objet.pk)
    sans = [
        f"{d.modele._meta.label}.{nom}"
        for d in registre.declarations()
        for nom in champs_a_marquer(d)
        if len(par_champ.get(f"{d.modele._meta.label}.{nom}", ())) < 2
    ]
    assert set(sans) <= set(UN_SEUL), sorted(set(sans) - set(UN_SEUL))


UN_SEUL = {}


# --- Beside the pages -----------------------------------------------------------------------
def test_logs_and_queue_hold_no_word(marche):
    """Keys travel through the queue, never what they designate."""
    assert len(marche.dits) > 100
    assert any(dit.startswith("queue") for dit in marche.dits)
    assert [dit for dit in marche.dits if MOTIF.search(dit)] == []


def test_sessions_and_cache_hold_no_word(marche):
    assert marche.sessions
    assert [s for s in marche.sessions if MOTIF.search(s)] == []
    assert MOTIF.findall(marche.cache) == []


def prives_dans_l_index(marques) -> set[str]:
    """Fields found in the index although not everybody may read them."""
    trouves = marques.trouver(copie("socle_entreeindex"))
    assert len(trouves) > 10
    prives = [m for m in trouves if Cercle.TOUS not in marques.lecteurs(m)[0]]
    return {marques.par_mot[m].etiquette for m in prives}


def test_search_index_holds_only_what_is_public(monde, marques):
    """Whatever a trigger pours into the index, anybody may find."""
    assert prives_dans_l_index(marques) == set()


def test_error_page_repeats_nothing(monde, marques, monkeypatch, client):
    """A page that breaks on a private row says nothing of it, to the person nor to the log."""
    from cartographie.models import Fiche

    client.raise_request_exception = False
    fiche = monde.fiches["publiee"]
    monkeypatch.setattr(Fiche, "get_avancement_display", lambda f: 1 / 0)
    with ecouter() as dits:
        reponse = client.get(f"/cartographie/fiches/{fiche.slug}/")
    assert reponse.status_code == 500
    assert MOTIF.findall(reponse.content.decode()) == []
    assert any("ZeroDivisionError" in dit for dit in dits)
    assert [dit for dit in dits if MOTIF.search(dit)] == []
