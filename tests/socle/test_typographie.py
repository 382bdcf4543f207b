"""French typography: what a reader sees, and what must never be touched."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from hubpartenariat.socle.gabarits import typographier_gabarit
from hubpartenariat.socle.typographie import (
    date_en_mots,
    heure_en_mots,
    nombre,
    pourcentage,
    typographier,
    typographier_html,
)

F, N = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("saisi", "compose"),
    [
        ("Bonjour !", f"Bonjour{F}!"),
        ("Bonjour!", f"Bonjour{F}!"),
        ("Qui voit ? Vous ; eux.", f"Qui voit{F}? Vous{F}; eux."),
        ("Deux rôles : aider", f"Deux rôles{N}: aider"),
        ("Deux rôles: aider", f"Deux rôles{N}: aider"),
        ("« partenaire »", f"«{F}partenaire{F}»"),
        ("«partenaire»", f"«{F}partenaire{F}»"),
        ("l'hôpital d'à côté", "l’hôpital d’à côté"),
        ("la suite...", "la suite…"),
        ("12 000 personnes", f"12{F}000{N}personnes"),
        ("1 234 567 €", f"1{F}234{F}567{F}€"),
        ("30 %", f"30{F}%"),
        ("20 minutes", f"20{N}minutes"),
        ("n° 4", f"n°{N}4"),
    ],
)
def test_what_is_composed(saisi, compose):
    assert typographier(saisi) == compose


@pytest.mark.parametrize(
    "intact",
    [
        "https://exemple.fr/?a=1;b=2!",
        "Voir www.exemple.fr/a:b et c@exemple.fr.",
        "à 12:30",
        "en 2025, 66 puis 48",
        "le 5 mars 2025",
        "93 – Seine-Saint-Denis, 94 – Val-de-Marne",
        "/cartographie/fiches.json",
        "",
    ],
)
def test_what_is_left_alone(intact):
    assert typographier(intact) == intact


def test_punctuation_after_an_address_is_composed():
    assert typographier("https://exemple.fr/a ; oui !") == f"https://exemple.fr/a{F}; oui{F}!"


@given(st.text(alphabet="ab 0123'’:;!?«»%€.,&<>/\u00a0\u202f\n@é-", max_size=40))
def test_composing_twice_changes_nothing(texte):
    compose = typographier(texte)
    assert typographier(compose) == compose


@given(st.text(alphabet="ab 01':;!?«»%&<>\"\n", max_size=40))
def test_escaped_text_stays_the_same_text(texte):
    """In a page as in plain text: the filter neither cuts an entity nor adds a tag."""
    page = Template("{{ texte|typo }}").render(Context({"texte": texte}))
    assert "<" not in page
    assert ">" not in page


def test_html_tags_and_inputs_are_untouched():
    source = (
        '<a href="/x?a ! b" title="c\'d !">oui !</a><textarea>non !</textarea><code>a : b</code>'
    )
    assert typographier_html(source) == source.replace("oui !", f"oui{F}!")


def test_entities_are_neither_cut_nor_given_a_space():
    assert typographier_html("a &amp; b ; &lt;c&gt; l&#x27;eau") == f"a &amp; b{F}; &lt;c&gt; l’eau"


def test_templates_are_composed_around_their_own_language():
    source = "{% if a > 1 %}« {{ nom }} » : l'eau !{% endif %}{# l'eau ! #}<p title=\"l'eau !\">"
    attendu = (
        f"{{% if a > 1 %}}«{F}{{{{ nom }}}}{F}»{N}: l’eau{F}!{{% endif %}}"
        "{# l'eau ! #}<p title=\"l'eau !\">"
    )
    assert typographier_gabarit(source) == attendu


def test_filter_keeps_autoescape():
    rendu = Template("{{ texte|typo }}").render(Context({"texte": "<b>l'eau !</b>"}))
    assert rendu == f"&lt;b&gt;l’eau{F}!&lt;/b&gt;"


@pytest.mark.parametrize(
    ("valeur", "decimales", "ecrit"),
    [
        (0, None, "0"),
        (12000, None, f"12{F}000"),
        (-1234567, None, f"−1{F}234{F}567"),
        (3.14159, 1, "3,1"),
        (2.25, 1, "2,3"),
        ("1234.5", None, f"1{F}234,5"),
    ],
)
def test_numbers(valeur, decimales, ecrit):
    assert nombre(valeur, decimales) == ecrit


def test_percentages_name_no_figure_without_a_base():
    assert pourcentage(57, 78) == f"73,1{F}%"
    assert pourcentage(0, 0) == "–"


def test_dates_in_words():
    assert date_en_mots(date(2025, 3, 1)) == f"1er{N}mars{N}2025"
    assert date_en_mots(date(2025, 12, 16), semaine=True) == f"mardi{N}16{N}décembre{N}2025"
    assert heure_en_mots(datetime(2025, 1, 1, 9, 5)) == f"9{N}h{N}05"


def test_dates_are_those_of_paris():
    contexte = Context({"instant": datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "rien": None})
    rendu = Template("{{ instant|moment }}|{{ rien|en_mots }}").render(contexte)
    assert rendu == f"1er{N}janvier{N}2026 à 0{N}h{N}30|"


@pytest.mark.parametrize(("n", "mot"), [(0, "fiche"), (1, "fiche"), (2, "fiches")])
def test_zero_is_singular_in_french(n, mot):
    assert Template('{{ n|pluriel:"fiche,fiches" }}').render(Context({"n": n})) == mot


def test_codes_are_shown_in_words():
    gabarit = Template('{{ codes|libelles:"Territoire"|join:", " }} {{ x|libelle:"Territoire" }}')
    rendu = gabarit.render(Context({"codes": ["region", "93"], "x": "99"}))
    assert rendu == "93 – Seine-Saint-Denis, Région Île-de-France 99"
