"""Filling a profile: nothing required, nothing lost, nothing for anybody else."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annuaire.enums import EtatProfil
from annuaire.forms.profils import FORMULAIRES
from annuaire.models import Profil
from annuaire.sections_de_profil import CHAMPS_A_EFFACER, PARCOURS
from hubpartenariat.comptes.consentements import Finalite, actif, actives, retirer
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.formulaires import SaisieEnAttente
from hubpartenariat.socle.journal import EntreeJournal
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.annuaire.outils_profils import COMPLET, profil

pytestmark = pytest.mark.django_db
AUTOMATIQUE = {"X-Enregistrement": "automatique"}
SAISIES = {
    "qui-je-suis": {
        "pseudonyme": "  Hirondelle  ",
        "majorite": "majeur",
        "appellation": "Pair-aidante de quartier",
        "experience": "debut",
        "formations": ["etp"],
        "langues": "Français, Wolof",
    },
    "ce-que-je-sais": {"savoirs": "La greffe.", "themes": "VIH, Greffe", "amenagements": "Rampe."},
    "ce-que-je-cherche": {
        "domaines": ["parcours"],
        "missions": ["soutien"],
        "souhaits": "Enseigner.",
        "reconnaissance": ["benevolat"],
    },
    "quand-et-ou": {
        "territoires": ["94", "75"],
        "a_distance": "on",
        "disponibilites": ["soiree"],
        "sollicitations_par_mois": "3",
        "missions_actives_max": "2",
    },
    "qui-voit-quoi": {"regard_themes": "jamais", "regard_souhaits": "membres"},
    "mes-coordonnees": {"partage_courriel": "on", "telephone": "06 12 34 56 78"},
}


def adresse(section="qui-je-suis") -> str:
    return f"/annuaire/profil/{section}/"


def texte(reponse) -> str:
    return re.sub("[\u202f\xa0]", " ", reponse.content.decode())


def caches(client, section="qui-je-suis") -> dict:
    page = client.get(adresse(section)).content.decode()
    return dict(re.findall(r'name="(_\w+)" value="([^"]*)"', page))


@pytest.fixture
def lea(personne):
    return personne("lea.martin@exemple.fr", nom="Léa Martin")


@pytest.fixture
def client(client_de, lea):
    return client_de(lea)


# --- Filling ------------------------------------------------------
def test_every_column_has_its_field():
    demandes = {nom for formulaire in FORMULAIRES.values() for nom in formulaire().fields}
    colonnes = {champ for section in PARCOURS for champ in section.champs}
    assert colonnes - demandes == {"majeur", "visibilites"}
    for formulaire in FORMULAIRES.values():
        montres = [nom for _, _, noms in formulaire.groupes for nom in noms]
        assert sorted(montres) == sorted(formulaire().fields), "asked but never drawn"


def test_reading_makes_no_row_and_a_section_leads_to_the_entrance(client):
    assert "Commencer mon profil" in texte(client.get("/annuaire/profil/"))
    assert client.get(adresse()).url == "/annuaire/profil/"
    for nom in ("apercu", "ouvrir", "pause", "fermer"):
        assert client.get(adresse(nom)).status_code == 404
    assert Profil.objects.count() == 0
    for _ in range(2):
        assert client.post("/annuaire/profil/").url == adresse()
    assert Profil.objects.count() == 1


def test_six_sections_then_my_profile(client):
    suite = client.post("/annuaire/profil/").url
    for section in PARCOURS:
        assert suite == adresse(section.code)
        envoi = SAISIES[section.code] | caches(client, section.code) | {"vers": "suivante"}
        reponse = client.post(suite, envoi)
        assert reponse.status_code == 302, texte(reponse)
        suite = reponse.url
    assert suite == "/annuaire/profil/"
    fait = Profil.objects.get()
    assert (fait.pseudonyme, fait.majeur, fait.appellation) == (
        "Hirondelle",
        True,
        "Pair-aidante de quartier",
    )
    assert (fait.sollicitations_par_mois, fait.missions_actives_max) == (3, 2)
    assert fait.visibilites["themes"] == "jamais"
    assert fait.criteres == {
        "domaines": ["parcours"],
        "territoires": ["75", "94"],
        "themes": [],
        "missions": ["soutien"],
        "disponibilites": ["soiree"],
        "a_distance": True,
    }
    assert "Ouvrir mon profil" in texte(client.get(suite))


@pytest.mark.parametrize("section", FORMULAIRES)
@pytest.mark.parametrize("etat", ["brouillon", "actif"])
def test_hostile_values_and_empty_forms_never_break_a_section(etat, section, client, lea):
    profil(lea, etat=etat)
    for saisi in ["", "\x00", "a\x00b", "💥" * 3000, "<script>", "-1", "٣", "x" * 100_000]:
        champs = dict.fromkeys(FORMULAIRES[section]().fields, saisi)
        reponse = client.post(adresse(section), champs | caches(client, section))
        assert reponse.status_code in (302, 422)
    assert client.post(adresse(section), caches(client, section)).status_code in (302, 422)
    fait = Profil.objects.get()
    assert fait.etat == etat
    assert etat == "brouillon" or (fait.pseudonyme and fait.majeur)


@pytest.mark.parametrize(
    "pseudonyme", ["lea@exemple.fr", "06 12 34 56 78", "Léa 0612345678", "www.lea.fr", "x" * 41]
)
def test_a_pseudonym_is_no_address(pseudonyme, client, lea):
    profil(lea, etat="brouillon")
    reponse = client.post(adresse(), {"pseudonyme": pseudonyme} | caches(client))
    assert reponse.status_code == 422
    assert Profil.objects.get().pseudonyme == "Hirondelle"
    assert pseudonyme in texte(client.get(adresse())), "kept, to be corrected"


@pytest.mark.parametrize(
    ("pseudonyme", "averti"),
    [("Léa", True), ("martin", True), ("LeaMartin75", True), ("Hirondelle", False), ("Al", False)],
)
def test_a_pseudonym_that_looks_like_the_person_is_a_warning_only(pseudonyme, averti, client, lea):
    profil(lea, etat="brouillon")
    envoi = {"pseudonyme": pseudonyme, "majorite": "majeur"}
    assert client.post(adresse(), envoi | caches(client)).status_code == 302
    for page in ("/annuaire/profil/", adresse()):
        assert ("Ce pseudonyme ressemble" in texte(client.get(page))) == averti


def test_two_people_may_have_the_same_pseudonym(client, lea, personne):
    profil(personne("autre@exemple.fr"))
    profil(lea, etat="brouillon", pseudonyme="")
    envoi = {"pseudonyme": "Hirondelle", "majorite": "majeur"}
    assert client.post(adresse(), envoi | caches(client)).status_code == 302
    assert Profil.objects.filter(pseudonyme="Hirondelle").count() == 2


def test_a_minor_comes_with_a_representative(client, lea):
    fait = profil(lea, etat="brouillon", majeur=False)
    envoi = {"pseudonyme": "Hirondelle", "majorite": "represente"}
    assert client.post(adresse(), envoi | caches(client)).status_code == 422
    fait.refresh_from_db()
    assert not fait.majeur
    assert re.search(r'value="represente"[^>]* checked', texte(client.get(adresse())))
    envoi |= {"representant": "Awa Martin"}
    assert client.post(adresse(), envoi | caches(client)).status_code == 302
    fait.refresh_from_db()
    assert (fait.majeur, fait.representant) == (True, "Awa Martin")
    envoi |= {"majorite": "majeur"}
    client.post(adresse(), envoi | caches(client))
    fait.refresh_from_db()
    assert (fait.majeur, fait.representant) == (True, "")


def test_a_stale_page_is_refused_with_both_versions(client, lea):
    profil(lea, etat="brouillon")
    ici, ailleurs = caches(client, "ce-que-je-sais"), caches(client, "ce-que-je-sais")
    client.post(adresse("ce-que-je-sais"), ailleurs | {"savoirs": "Ailleurs"})
    reponse = client.post(adresse("ce-que-je-sais"), ici | {"savoirs": "Ici"})
    assert reponse.status_code == 409
    assert "Ailleurs" in texte(reponse)
    assert Profil.objects.get().savoirs == "Ailleurs"


@pytest.mark.parametrize("section", ["quand-et-ou", "qui-voit-quoi", "qui-je-suis"])
def test_nothing_changed_is_no_conflict(section, client, lea):
    """What the page shows and what comes back have the same mark, choices of numbers included."""
    profil(lea, etat="brouillon")
    fait = FORMULAIRES[section](instance=Profil.objects.get())
    renvoye = {nom: fait[nom].value() for nom in fait.fields}
    if "langues" in renvoye:
        renvoye["langues"] = "Français, Wolof"
    renvoye = {nom: v for nom, v in renvoye.items() if v not in (None, False)}
    lie = FORMULAIRES[section](renvoye, instance=Profil.objects.get())
    assert lie.is_valid(), lie.errors
    assert lie.empreintes() == fait.empreintes()


# --- A session that ended, another account ------------------------------------------------------
def test_a_text_sent_after_the_session_waits_for_its_author_only(client, lea, personne):
    profil(lea, etat="brouillon")
    envoi = caches(client, "ce-que-je-sais") | {"savoirs": "Mon secret"}
    client.logout()
    assert client.post(adresse("ce-que-je-sais"), envoi).url.startswith("/comptes/")
    assert SaisieEnAttente.objects.count() == 1
    client.force_login(lea)
    assert "Mon secret" in texte(client.get(adresse("ce-que-je-sais"), follow=True))
    assert Profil.objects.get().savoirs == "Mon secret"
    assert SaisieEnAttente.objects.count() == 0


def test_the_next_person_at_this_computer_neither_sees_nor_saves_it(client, lea, personne):
    profil(lea, etat="brouillon")
    autre = personne("autre@exemple.fr")
    profil(autre, etat="brouillon", savoirs="")
    envoi = caches(client, "ce-que-je-sais") | {"savoirs": "Mon secret"}
    client.logout()
    client.post(adresse("ce-que-je-sais"), envoi)
    client.force_login(autre)
    assert "Mon secret" not in texte(client.get(adresse("ce-que-je-sais"), follow=True))
    assert Profil.objects.get(personne=autre).savoirs == ""
    assert SaisieEnAttente.objects.count() == 0


@pytest.mark.parametrize("entetes", [{}, AUTOMATIQUE])
def test_a_page_left_open_does_not_write_into_another_profile(entetes, client, lea, personne):
    profil(lea, etat="brouillon")
    autre = personne("autre@exemple.fr")
    profil(autre, etat="brouillon", savoirs="")
    envoi = caches(client, "ce-que-je-sais") | {"savoirs": "Mon secret"}
    client.force_login(autre)
    reponse = client.post(adresse("ce-que-je-sais"), envoi, headers=entetes)
    assert reponse.status_code == 409
    assert Profil.objects.get(personne=autre).savoirs == ""


def test_nobody_fills_the_table_of_kept_texts_from_outside(lea):
    profil(lea)
    for cle in ("", "n-importe-quoi", "\x00", str(uuid.uuid4())):
        Client().post(adresse("ce-que-je-sais"), {"savoirs": "x", "_profil": cle})
    assert SaisieEnAttente.objects.count() == 0
    assert Client().post(adresse(), {}, headers=AUTOMATIQUE).status_code == 401


# --- Opening, resting, closing ------------------------------------------------------
@pytest.mark.parametrize("manque", [{"pseudonyme": ""}, {"majeur": False}])
def test_only_three_things_are_asked_to_open(manque, client, lea):
    fait = profil(lea, etat="brouillon", finalites=(), **manque)
    assert client.get(adresse("ouvrir")).url == "/annuaire/profil/"
    client.post(adresse("ouvrir"), {"appariement": "on"})
    fait.refresh_from_db()
    assert fait.etat == EtatProfil.BROUILLON
    assert actives(lea) == set()


def test_opening_agrees_purpose_by_purpose(client, lea):
    Profil.objects.create(personne=lea, pseudonyme="Vide", majeur=True)
    page = texte(client.get(adresse("ouvrir")))
    assert " checked" not in page, "nothing is agreed to beforehand"
    assert client.post(adresse("ouvrir"), {"contact": "on"}).status_code == 200
    assert (Profil.objects.get().etat, actives(lea)) == ("brouillon", set())
    client.post(adresse("ouvrir"), {"appariement": "on", "statistiques": "on"})
    assert Profil.objects.get().etat == "actif"
    assert actives(lea) == {"appariement", "statistiques"}
    assert list(Profil.objects.actifs()) == [Profil.objects.get()]
    assert client.get(adresse("ouvrir")).status_code == 302


def test_the_model_refuses_to_open_without_consent(lea):
    fait = profil(lea, etat="brouillon", finalites=())
    with pytest.raises(TransitionRefusee):
        fait.ouvrir(lea)
    with pytest.raises(TransitionRefusee):
        fait.ouvrir(lea, [Finalite.CONTACT])
    assert actives(lea) == set(), "the whole gesture is undone"


def test_a_pause_ends_by_itself(client, lea):
    fait = profil(lea)
    client.post(adresse("pause"), {"duree": "1"})
    fait.refresh_from_db()
    fin = fait.pause_jusqu_au
    assert fin == timezone.localdate() + timedelta(days=30)
    actifs = Profil.objects.actifs
    assert [actifs(j).exists() for j in (fin - timedelta(1), fin, fin + timedelta(1))] == [
        False,
        False,
        True,
    ]
    assert fait.en_pause
    client.post(adresse("reprendre"))
    assert Profil.objects.actifs().exists()


@pytest.mark.parametrize("jour", ["", "2020-01-01", "2099-01-01", "demain", "\x00"])
def test_a_pause_until_an_impossible_day_is_refused(jour, client, lea):
    profil(lea)
    reponse = client.post(adresse("pause"), {"duree": "date", "jusqu_au": jour})
    assert reponse.status_code == 200
    assert Profil.objects.get().pause_jusqu_au is None


def test_closing_asks_no_reason_and_may_erase(client, lea):
    fait = profil(lea, suivi={"ce-que-je-sais": {"a_corriger": {"themes": {"saisi": "secret"}}}})
    client.post(adresse("fermer"))
    fait.refresh_from_db()
    assert (fait.etat, fait.savoirs) == ("ferme", COMPLET["savoirs"])
    assert not Profil.objects.actifs().exists()
    client.post(adresse("fermer"), {"effacer": "on"})
    fait.refresh_from_db()
    for champ in CHAMPS_A_EFFACER:
        assert not getattr(fait, champ), champ
    assert "secret" not in str(fait.suivi)
    assert not any(fait.criteres.values())
    client.post(adresse("ouvrir"))
    assert Profil.objects.get().etat == "actif", "it may open again"


def test_the_journal_says_nothing_of_the_person(client, lea):
    fait = profil(lea, etat="brouillon")
    fait.ouvrir(lea)
    fait.mettre_en_pause(timezone.localdate(), lea)
    fait.reprendre(lea)
    fait.fermer(lea)
    fait.effacer_les_reponses(lea)
    du_profil = EntreeJournal.objects.filter(type_objet__model="profil")
    lignes = list(du_profil.values_list("action", "detail"))
    assert len(lignes) == 5
    assert all(set(detail) <= {"de", "vers"} for _, detail in lignes)


def test_nobody_else_moves_a_profile(personne):
    fait, autre = profil(), personne("autre@exemple.fr")
    for geste in (
        lambda: fait.ouvrir(autre),
        lambda: fait.fermer(autre),
        lambda: fait.suspendre(autre, "x"),
        lambda: fait.reprendre(autre),
        lambda: fait.mettre_en_pause(timezone.localdate(), autre),
        lambda: fait.effacer_les_reponses(autre),
        lambda: fait.verifier_ecriture(autre),
    ):
        with pytest.raises(TransitionRefusee):
            geste()
    assert Profil.objects.get().etat == "actif"


def test_a_suspended_profile_waits_for_the_team(client, lea, personne):
    fait, marc = profil(lea), personne("marc@exemple.fr", "moderateur")
    with pytest.raises(TransitionRefusee):
        fait.suspendre(marc, " ")
    fait.suspendre(marc, "Propos hors de l’objet.")
    assert not Profil.objects.actifs().exists()
    assert "Propos hors de l’objet." in texte(client.get("/annuaire/profil/"))
    assert Courriel.objects.filter(destinataire=lea.email).count() == 1
    assert "Propos" not in Courriel.objects.get().texte
    with pytest.raises(TransitionRefusee):
        fait.ouvrir(lea)
    fait.lever_la_suspension(marc)
    fait.ouvrir(lea)
    assert Profil.objects.actifs().exists()


def test_matching_forgets_who_withdraws_who_is_closed_and_who_left(lea):
    fait = profil(lea)
    assert Profil.objects.actifs().exists()
    retirer(lea, Finalite.APPARIEMENT)
    assert not actif(lea, Finalite.APPARIEMENT)
    assert not Profil.objects.actifs().exists()
    autre = profil()
    autre.personne.is_active = False
    autre.personne.save()
    assert not Profil.objects.actifs().exists()
    assert fait.etat == EtatProfil.ACTIF
