"""Who sees what of a profile: the whole table, attribute × choice × circle."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from annuaire import regards
from annuaire.enums import Cercle, EtatProfil, Regard
from annuaire.models import Profil
from hubpartenariat.comptes.consentements import Consentement, Finalite, retirer
from tests.annuaire.outils_profils import COMPLET, profil

SANTE = {"savoirs", "themes", "amenagements"}
# Who reads what, written again by hand: the table that the code must give.
ATTENDU = {
    (Regard.MEMBRES, Cercle.MEMBRE),
    (Regard.MEMBRES, Cercle.ACCORD),
    (Regard.ACCORD, Cercle.ACCORD),
}
COMPARES = {
    "domaines": ["parcours", "formation"],
    "missions": ["soutien"],
    "themes": ["insuffisance renale", "greffe"],
    "territoires": ["75", "94"],
    "disponibilites": ["soiree"],
}


def sans_base(**champs) -> Profil:
    """A profile in memory, its owner's agreement known."""
    fait = Profil(**(COMPLET | {"etat": EtatProfil.ACTIF} | champs))
    fait.consent_a_l_appariement = True
    return fait


@pytest.mark.parametrize(
    ("attribut", "choisi", "cercle"),
    list(itertools.product(regards.ATTRIBUTS, Regard, Cercle)),
)
def test_each_attribute_for_each_choice_and_each_circle(attribut, choisi, cercle):
    fait = sans_base(visibilites=dict.fromkeys(regards.ATTRIBUTS, "jamais") | {attribut: choisi})
    vus = regards.attributs_vus(fait, cercle)
    assert [vu.nom for vu in vus] == ([attribut] if (choisi, cercle) in ATTENDU else [])
    assert all(vu.valeur for vu in vus)


@pytest.mark.parametrize("attribut", regards.ATTRIBUTS)
def test_the_default_of_each_attribute_is_closed(attribut):
    assert (attribut in regards.SANTE) == (attribut in SANTE)
    attendu = Regard.APPARIEMENT if attribut in SANTE else Regard.ACCORD
    for visibilites in ({}, None, {attribut: "n_importe_quoi"}, {attribut: None}):
        assert regards.regard(sans_base(visibilites=visibilites), attribut) == attendu
    assert regards.defaut(attribut) == attendu


@pytest.mark.parametrize("cercle", Cercle)
def test_health_is_shown_to_nobody_by_default(cercle):
    assert not {vu.nom for vu in regards.attributs_vus(sans_base(), cercle)} & SANTE


def test_every_column_that_speaks_of_the_person_is_an_attribute():
    """A column added to the profile must be placed: chosen by its owner, or known as apart."""
    apart = {
        "id", "uuid", "personne", "etat", "etat_depuis", "exemple", "motif", "majeur",
        "representant", "pseudonyme", "visibilites", "partage_courriel", "telephone",
        "sollicitations_par_mois", "missions_actives_max", "pause_jusqu_au", "criteres",
        "cree_le", "modifiee_le", "versions", "suivi", "a_distance",
    }  # fmt: skip
    colonnes = {champ.name for champ in Profil._meta.concrete_fields}
    assert colonnes - apart == set(regards.ATTRIBUTS)


def test_values_are_words():
    fait = sans_base(visibilites=dict.fromkeys(regards.ATTRIBUTS, "membres"))
    mots = {vu.nom: vu.valeur for vu in regards.attributs_vus(fait, Cercle.MEMBRE)}
    assert mots["territoires"] == "75 – Paris, 94 – Val-de-Marne, À distance aussi"
    assert mots["experience"] == "Une ou deux expériences"
    assert mots["themes"] == "Insuffisance rénale, Greffe"


# --- The state of the profile, the consent of its owner -------------------------------------
@pytest.mark.parametrize("etat", EtatProfil)
def test_only_an_open_profile_is_shown(etat):
    fait = sans_base(etat=etat, visibilites=dict.fromkeys(regards.ATTRIBUTS, "membres"))
    fait.personne = Consentement.personne.field.related_model(email="a@exemple.fr", nom="A")
    ouvert = etat == EtatProfil.ACTIF
    assert bool(regards.attributs_vus(fait, Cercle.MEMBRE)) == ouvert
    assert bool(regards.attributs_vus(fait, Cercle.ACCORD)) == ouvert
    assert bool(regards.coordonnees(fait)) == ouvert


@pytest.mark.parametrize("cercle", [Cercle.MEMBRE, Cercle.ACCORD])
@pytest.mark.parametrize("fin", ["retire", "expire"])
def test_without_consent_nothing_is_shown(fin, cercle, db):
    fait = profil(visibilites=dict.fromkeys(regards.ATTRIBUTS, "membres"))
    assert regards.attributs_vus(fait, cercle)
    if fin == "retire":
        retirer(fait.personne, Finalite.APPARIEMENT)
    else:
        Consentement.objects.update(expire_le=timezone.now() - timedelta(seconds=1))
    assert regards.attributs_vus(fait, cercle) == []
    lu = Profil.objects.with_consentement().get()
    assert regards.attributs_vus(lu, cercle) == []


def test_a_list_of_profiles_asks_nothing_more(db, django_assert_num_queries):
    for _ in range(3):
        profil()
    with django_assert_num_queries(1):
        for lu in Profil.objects.with_consentement():
            assert regards.attributs_vus(lu, Cercle.ACCORD)


# --- Name and contact ---------------------------------------------------------------------------
def test_contact_is_what_its_owner_shares(db):
    fait = profil()
    donnees = {vu.nom: vu.valeur for vu in regards.coordonnees(fait)}
    assert donnees == {
        "nom": "Vrai Nom",
        "courriel": fait.personne.email,
        "telephone": "06 12 34 56 78",
    }
    fait.partage_courriel, fait.telephone = False, ""
    assert [vu.nom for vu in regards.coordonnees(fait)] == ["nom"]


def test_an_account_without_name_does_not_give_its_address_away(db):
    fait = profil(partage_courriel=False, telephone="")
    fait.personne.nom = ""
    assert regards.coordonnees(fait) == []


# --- What the matching compares -----------------------------------------------------------
@pytest.mark.parametrize("choisi", Regard)
@pytest.mark.parametrize("attribut", COMPARES)
def test_criteria_come_from_what_may_be_used(attribut, choisi, db):
    fait = profil(visibilites={attribut: choisi})
    fait.refresh_from_db()
    jamais = choisi == Regard.JAMAIS
    assert fait.criteres == COMPARES | {"a_distance": True} | (
        {attribut: []} | ({"a_distance": False} if attribut == "territoires" else {})
        if jamais
        else {}
    )
    assert regards.utilisable(fait, attribut) != jamais


def test_criteria_follow_every_write(db):
    fait = profil()
    fait.themes = ["VIH"]
    fait.save(update_fields=["themes"])
    assert Profil.objects.get().criteres["themes"] == ["vih"]
    fait.visibilites = {"themes": "jamais"}
    fait.save(update_fields=["visibilites"])
    assert Profil.objects.get().criteres["themes"] == []
