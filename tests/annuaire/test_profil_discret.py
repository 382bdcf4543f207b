"""Nothing of a profile is where it need not be: search, sitemap, administration, my space."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from annuaire import regards
from annuaire.models import Profil
from hubpartenariat.comptes.consentements import Consentement
from hubpartenariat.socle.indexation import declares
from hubpartenariat.socle.journal import EntreeJournal
from tests.annuaire.outils_profils import COMPLET, profil

pytestmark = pytest.mark.django_db
ADMIN = "/administration/annuaire/profil/"
SECRETS = [
    COMPLET["savoirs"],
    COMPLET["amenagements"],
    COMPLET["souhaits"],
    COMPLET["contraintes"],
    COMPLET["association"],
    COMPLET["telephone"],
    "Greffe",
    "Wolof",
    "Vrai Nom",
    "Awa Représentante",
]


@pytest.fixture
def lea(personne):
    return personne("lea@exemple.fr", nom="Vrai Nom")


@pytest.fixture
def fait(lea):
    tout = dict.fromkeys(regards.ATTRIBUTS, "membres")
    return profil(lea, visibilites=tout, representant="Awa Représentante")


@pytest.fixture
def marc(personne, client_de):
    return client_de(personne("marc@exemple.fr", "moderateur"), mfa=True)


def texte(reponse) -> str:
    return re.sub("[\u202f\xa0]", " ", reponse.content.decode())


# --- The others' view, as its owner reads it ------------------------------------------------------
@pytest.mark.parametrize(
    ("cercle", "vus"),
    [
        ("visiteur", set()),
        ("membre", {"souhaits", "contraintes"}),
        ("equipe", set()),
        ("accord", {"souhaits", "contraintes", "association"}),
        ("pole", set()),
        ("n_importe_quoi", set()),
    ],
)
def test_the_preview_says_what_each_circle_reads(cercle, vus, lea, client_de):
    visibilites = {"souhaits": "membres", "contraintes": "membres"}
    fait = profil(lea, visibilites=visibilites)
    page = texte(client_de(lea).get("/annuaire/profil/apercu/", {"cercle": cercle}))
    montre = page.partition('class="vu"')[2].partition("</section>")[0]
    for champ in ("souhaits", "contraintes", "association", "savoirs", "amenagements"):
        assert (COMPLET[champ] in montre) == (champ in vus), champ
    assert ("Hirondelle" in montre) == (cercle != "visiteur")
    assert (lea.email in montre) == (COMPLET["telephone"] in montre) == (cercle == "accord")
    assert "Greffe" not in montre
    assert fait.pseudonyme


@pytest.mark.parametrize("cercle", ["membre", "accord"])
def test_the_preview_of_a_closed_profile_says_that_nobody_sees_it(cercle, lea, fait, client_de):
    fait.fermer(lea)
    page = texte(client_de(lea).get("/annuaire/profil/apercu/", {"cercle": cercle}))
    assert "Aujourd’hui, personne ne voit rien" in page
    assert COMPLET["souhaits"] in page, "what would be seen if it were open"


def test_the_preview_without_agreement_is_empty(lea, fait, client_de):
    Consentement.objects.update(expire_le=timezone.now() - timedelta(days=1))
    page = texte(client_de(lea).get("/annuaire/profil/apercu/?cercle=membre"))
    assert COMPLET["souhaits"] not in page


# --- Nowhere else ------------------------------------------------------
def test_no_index_of_the_search_reads_profiles():
    assert Profil not in {index.modele for index in declares().values()}


def test_a_search_for_a_person_finds_what_a_search_for_nobody_finds(fait, client):
    pages = []
    for mot in ("Hirondelle", "Introuvable"):
        pages.append(texte(client.get("/recherche/", {"q": mot})).replace(mot, "…"))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("adresse", ["/sitemap.xml", "/annuaire/", "/", "/plan-du-site/"])
def test_a_visitor_reads_nobody(adresse, fait, client):
    page = texte(client.get(adresse))
    for secret in [*SECRETS, "Hirondelle", str(fait.uuid)]:
        assert secret not in page


# --- The administration ------------------------------------------------------
def test_the_team_sees_state_and_dates_and_not_a_word_more(fait, marc):
    fait.mettre_en_pause(timezone.localdate(), fait.personne)
    for adresse in (
        ADMIN,
        f"{ADMIN}?etat=toutes",
        f"{ADMIN}?q=Hirondelle",
        f"{ADMIN}{fait.pk}/change/",
        f"{ADMIN}{fait.pk}/decider/suspendre/",
    ):
        page = texte(marc.get(adresse))
        assert "Hirondelle" in page
        for secret in [*SECRETS, fait.personne.email]:
            assert secret not in page, (adresse, secret)


@pytest.mark.parametrize(
    "question",
    ["savoirs__icontains=greffe", "themes__contains=Greffe", "criteres__icontains=greffe",
     "personne__email=lea@exemple.fr", "telephone__startswith=06", "representant__startswith=A"],
)  # fmt: skip
def test_the_address_of_the_list_answers_no_question(question, fait, marc):
    """A right guess and a wrong one get the same answer."""
    champ, _, _ = question.partition("=")
    reponses = [marc.get(f"{ADMIN}?etat=actif&{q}") for q in (question, f"{champ}=zzz")]
    assert {reponse.status_code for reponse in reponses} == {400}


@pytest.mark.parametrize("mot", ["greffe", "lea@exemple.fr", "Vrai", "Tilleuls"])
def test_the_search_of_the_list_reads_pseudonyms_only(mot, fait, marc):
    assert "Hirondelle" not in texte(marc.get(ADMIN, {"q": mot}))


def test_the_queries_of_the_list_do_not_read_the_attributes(
    fait, marc, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30) as lues:
        marc.get(ADMIN)
        marc.get(f"{ADMIN}{fait.pk}/change/")
    sql = " ".join(une["sql"] for une in lues.captured_queries)
    assert '"annuaire_profil"."pseudonyme"' in sql
    for champ in ("savoirs", "themes", "amenagements", "criteres", "suivi", "representant"):
        assert f'"annuaire_profil"."{champ}"' not in sql


def test_the_team_suspends_and_lifts_with_a_reason(fait, marc):
    adresse = f"{ADMIN}{fait.pk}/decider/suspendre/"
    assert marc.post(adresse, {"motif": " "}).status_code == 200
    assert marc.post(adresse, {"motif": "Hors de l’objet."}).status_code == 302
    fait.refresh_from_db()
    assert (fait.etat, fait.motif, fait.savoirs) == (
        "suspendu",
        "Hors de l’objet.",
        COMPLET["savoirs"],
    )
    marc.post(f"{ADMIN}{fait.pk}/decider/lever_la_suspension/", {"confirmation": "oui"})
    fait.refresh_from_db()
    assert (fait.etat, fait.motif) == ("ferme", "")
    assert marc.get(f"{ADMIN}{fait.pk}/decider/inconnue/").status_code == 404


def test_the_journal_does_not_tie_a_pseudonym_to_an_account(lea, fait, marc):
    fait.fermer(lea)
    fait.ouvrir(lea)
    assert set(EntreeJournal.objects.values_list("qui", flat=True)) == {None}
    marc.post(f"{ADMIN}{fait.pk}/decider/fermer/", {"motif": "x"})
    assert EntreeJournal.objects.first().qui.email == "marc@exemple.fr"


@pytest.mark.parametrize("role", [None, "membre", "referent_territorial", "relecteur_ars"])
def test_others_have_no_list_of_profiles(role, fait, personne, client_de):
    client = client_de(personne("x@exemple.fr", role), mfa=True) if role else client_de(None)
    for adresse in (ADMIN, f"{ADMIN}{fait.pk}/change/", f"{ADMIN}{fait.pk}/decider/fermer/"):
        assert client.get(adresse).status_code in (302, 403)


# --- My space ------------------------------------------------------
def test_my_space_says_where_my_profile_stands(lea, fait, client_de):
    client = client_de(lea)

    def carte():
        page = texte(client.get("/mon-espace/"))
        return page.partition("Mon profil de patient partenaire")[2].partition("</li>")[0]

    assert "Ouvert aux propositions" in carte()
    fait.mettre_en_pause(timezone.localdate(), lea)
    assert "En pause" in carte()
    fait.reprendre(lea)
    Consentement.objects.update(expire_le=timezone.now() - timedelta(days=1))
    assert "Rien ne vous est proposé" in carte()
    fait.fermer(lea)
    assert carte() == ""
