"""The glossary: our own words, found by the search, linked once at first use, by a click."""

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ressources.glossaire import _motif, charger_glossaire, lier, termes
from ressources.models import Evenement, Parole, Terme
from tests import fabriques
from tests.ressources.test_check_list import simple

PAGE = "/ressources/glossaire/"
NBSP = "\xa0"
LIEN = re.compile(r'<a class="terme" href="/ressources/glossaire/#[a-z-]+">|</a>')


def lien(code: str, mots: str) -> str:
    return f'<a class="terme" href="{PAGE}#{code}">{mots}</a>'


# --- Links at first use --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (
            "Un patient partenaire, deux patients partenaires.",
            f"Un {lien('patient-partenaire', 'patient partenaire')}, deux patients partenaires.",
        ),
        (
            f"<p>Les savoirs{NBSP}expérientiels</p>",
            f"<p>Les {lien('savoirs-experientiels', f'savoirs{NBSP}expérientiels')}</p>",
        ),
        (
            "le pouvoir d&#x27;agir, le pouvoir d’agir",
            f"le {lien('pouvoir-d-agir', 'pouvoir d&#x27;agir')}, le pouvoir d’agir",
        ),
        (
            "Des pairs-aidants en ETP",
            f"Des {lien('pair-aidance', 'pairs-aidants')} en {lien('etp', 'ETP')}",
        ),
        # The longest name wins; an acronym is only itself; a common word is left alone.
        (
            "un patient partenaire formateur",
            f"un {lien('patient-formateur', 'patient partenaire formateur')}",
        ),
        ("Il has un rendez-vous, consultation, information, patient, etp", None),
        # Never inside a link, a title, a control, an attribute.
        ('<a href="/x">patient partenaire</a> <h2>charte du partenariat</h2>', None),
        ('<img alt="patient partenaire"><button>lettre de mission</button>', None),
        ("<!-- patient partenaire --><label>patient partenaire</label>", None),
        ("impatient partenaires, co-décisionnaire", None),
    ],
)
def test_linked_once_and_only_where_it_may(texte, attendu):
    assert lier(texte) == (attendu or texte)


@given(st.text(alphabet="<>&\"' patienrsexpéHASETP-’\xa0", max_size=200))
def test_text_of_people_stays_escaped(texte):
    """Whatever is typed, the filter adds nothing but its own links."""
    rendu = Template("{% load glossaire %}{{ t|glossaire }}").render(Context({"t": texte}))
    brut = Template("{{ t }}").render(Context({"t": texte}))

    assert LIEN.sub("", rendu) == brut


def test_a_filter_around_a_part_of_a_page():
    rendu = Template(
        "{% load glossaire %}{% filter glossaire %}<p>{{ t }}</p><p>{{ t }}</p>{% endfilter %}"
    ).render(Context({"t": "Une lettre de mission <b>"}))
    assert rendu.count('class="terme"') == 1
    assert rendu.count("&lt;b&gt;") == 2


def test_every_linked_name_leads_to_its_term():
    motif, codes = _motif()
    assert set(codes.values()) == {t["code"] for t in termes() if t["lier"]}
    for terme in termes():
        if terme["lier"]:
            assert f"#{terme['code']}" in lier(f"<p>{terme['mot']}</p>"), terme["mot"]


def test_no_name_leads_to_two_terms():
    noms = [nom.casefold() for t in termes() for nom in (t["mot"], *t["aussi"])]
    assert sorted(noms) == sorted(set(noms))


def test_stories_and_events_lead_to_the_words_they_use(client, db):
    texte = "Le patient partenaire et la co-construction."
    une = Parole.objects.create(titre="Notre lettre", quoi=texte, auteur=fabriques.personne())
    maintenant = timezone.now()
    Parole.objects.update(publie=une.copie(), publiee_le=maintenant, etat="publiee")
    quand = maintenant + timedelta(days=3)
    un = Evenement.objects.create(
        genre="atelier", titre="Atelier", description=texte, debut=quand, etat="publie",
        fin=quand + timedelta(hours=1), lieu="Salle 1",
    )  # fmt: skip
    for page in (une.get_absolute_url(), un.get_absolute_url()):
        assert f"{PAGE}#patient-partenaire" in client.get(page).content.decode()


# --- The page ------------------------------------------------------------------------------------
def test_every_term_has_its_anchor_its_source_and_its_other_names(client, db):
    lu = client.get(PAGE).content.decode()
    assert len(termes()) >= 35
    for terme in termes():
        assert f'id="{terme["code"]}"' in lu
        assert terme["source"]
        assert 40 < len(terme["definition"]) < 400
    assert lu.count("On dit aussi") == sum(1 for t in termes() if t["aussi"])


@pytest.mark.parametrize(
    ("q", "premier"),
    [
        ("patient expert", "patient-partenaire"),
        ("RU", "representant-des-usagers"),
        ("empowerment", "pouvoir-d-agir"),
        ("COPIL", "organe-de-pilotage"),
        ("savoir d’expérience", "savoirs-experientiels"),
        ("droit de vote", "voix-deliberative"),
    ],
)
def test_what_people_say_finds_the_term(client, db, q, premier):
    trouves = client.get(PAGE, {"q": q}).context["trouves"]
    assert trouves[0].code == premier


def test_a_search_that_finds_nothing_says_what_to_do(client, db):
    lu = client.get(PAGE, {"q": "zzzz"})
    assert "Aucun mot" in lu.content.decode()
    for etrange in ("'" * 900, "-", '"', "%s", "é" * 300):
        assert client.get(PAGE, {"q": etrange}).status_code == 200


def test_the_search_of_the_hub_finds_terms(client, db):
    lu = simple(client.get("/recherche/", {"q": "lettre de mission"}).content.decode())
    assert f"{PAGE}#lettre-de-mission" in lu


def test_loading_again_changes_nothing_and_mends_what_differs(db):
    assert charger_glossaire() == 0
    Terme.objects.filter(code="charte").update(definition="Autre chose.")
    Terme.objects.create(code="de-trop", mot="de trop", definition="X.", source="Y")
    assert charger_glossaire() == 2
    assert not Terme.objects.filter(code="de-trop").exists()
