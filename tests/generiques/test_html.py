"""The HTML of every page that the walk knows: the Nu validator, and what it does not look at.

The validator is ``vnu.jar`` (named by ``VNU_JAR``, or fetched by script/test into .venv): Java is
needed. Without it that one test is skipped and says so; our own checks always run.
"""

import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.generiques.test_depot import RACINE
from tests.outils import bilan
from tests.outils.lisibilite import mesurer, paragraphes
from tests.outils.pages import Page, pages

pytestmark = pytest.mark.django_db

VIDES = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
# Said of the templates of Django's admin and of import_export, which are not ours to write.
TOLERES_DANS_L_ADMINISTRATION = re.compile(
    r"less than the column count|attribute “action” on element “form”: Must be non-empty|"
    r"The “type” attribute is unnecessary for JavaScript"
)
TOLERES = re.compile(r"Trailing slash on void elements|role is unnecessary for element")
VAGUES = {"ici", "cliquez ici", "cliquer ici", "en savoir plus", "lire la suite", "plus", "suite"}


@pytest.fixture(scope="module")
def toutes(monde) -> list[Page]:
    return [page for page in pages(monde) if page.html]


def vnu() -> str | None:
    """Where the validator is."""
    if jar := os.environ.get("VNU_JAR"):
        return jar
    trouves = sorted((RACINE / ".venv").glob("share/vnu-*.jar"))
    return str(trouves[-1]) if trouves else None


def test_nu_validator_finds_nothing(toutes, tmp_path):
    """One run of the validator over every page."""
    if not shutil.which("java"):
        pytest.skip("no Java on this machine: default-jre-headless is missing")
    if not vnu():
        pytest.skip("no Nu validator: npm could not fetch vnu-jar, and VNU_JAR names none")
    noms = {}
    for rang, page in enumerate(toutes):
        (tmp_path / f"{rang}.html").write_text(page.html, encoding="utf-8")
        noms[f"{rang}.html"] = page
    sortie = subprocess.run(
        ["java", "-jar", vnu(), "--format", "json", "--exit-zero-always", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(sortie.stderr)["messages"]
    fautes: dict[str, list[str]] = {}
    for message in messages:
        if message["type"] == "error" or message.get("subType") == "warning":
            page = noms[Path(message["url"]).name]
            de_l_admin = page.zone == "administration"
            if TOLERES.search(message["message"]) or (
                de_l_admin and TOLERES_DANS_L_ADMINISTRATION.search(message["message"])
            ):
                continue
            extrait = message.get("extract", "").replace("\n", " ")[:120]
            fautes.setdefault(f"{message['message']} — {extrait}", []).append(page.nom)
    bilan.dire(f"{len(noms)} pages through the Nu validator")
    assert not fautes, "\n".join(f"{f} on {n[:3]} ({len(n)})" for f, n in sorted(fautes.items()))


MOTS_D_UNE_PAGE = 60  # with fewer, the index says nothing
LISIBLE = 40  # Kandel and Moles; the public pages have a floor of their own (test_lisibilite)


def test_how_each_page_reads_is_measured(toutes):
    """Pages of the site, whoever they are for; what the administration shows is Django's words."""
    indices = {}
    for page in toutes:
        if page.statut == 200 and page.zone != "administration" and "<main" in page.html:
            mesure = mesurer(paragraphes(page.html.encode()))
            if mesure.mots >= MOTS_D_UNE_PAGE:
                indices[page.nom] = round(mesure.indice)
    rangees = sorted(indices, key=indices.get)
    dures = ", ".join(f"{nom} {indices[nom]}" for nom in rangees[:8])
    milieu = indices[rangees[len(rangees) // 2]]
    bilan.dire(f"lisibilité de {len(rangees)} pages : médiane {milieu} ; les plus dures : {dures}")
    assert len(rangees) > 60
    assert {nom: n for nom, n in indices.items() if n < LISIBLE} == {}


class Arbre(HTMLParser):
    """What our checks need to know of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.ouverts: list[tuple[str, dict]] = []
        self.fautes: list[str] = []
        self.ids: dict[str, int] = {}
        self.elements: list[tuple[str, dict, str]] = []  # name, attributes, path
        self.titres: list[int] = []
        self.textes: list[tuple[str, dict, list[str]]] = []  # links and buttons, with their words
        self.tableaux: list[dict] = []
        self.feed(html)
        self.close()
        if self.ouverts:
            self.fautes.append(f"never closed: {[nom for nom, _ in self.ouverts]}")

    def handle_starttag(self, nom, attributs):
        a = {cle: valeur or "" for cle, valeur in attributs}
        if len(a) != len(attributs):
            self.fautes.append(f"an attribute is given twice on <{nom}>")
        if "id" in a:
            self.ids[a["id"]] = self.ids.get(a["id"], 0) + 1
        self.elements.append((nom, a, "/".join(un for un, _ in self.ouverts)))
        if re.fullmatch("h[1-6]", nom):
            self.titres.append(int(nom[1]))
        if nom in ("a", "button"):
            self.textes.append((nom, a, []))
        if nom == "table":
            self.tableaux.append({"th": 0, "caption": False, "td": 0, "role": a.get("role", "")})
        elif self.tableaux and nom in ("th", "td", "caption"):
            self.tableaux[-1][nom] = self.tableaux[-1][nom] + 1 if nom != "caption" else True
        if nom == "img" and self.textes and any(un in ("a", "button") for un, _ in self.ouverts):
            self.textes[-1][2].append(a.get("alt", ""))
        if nom not in VIDES:
            self.ouverts.append((nom, a))

    def handle_startendtag(self, nom, attributs):
        self.handle_starttag(nom, attributs)
        if nom not in VIDES:
            self.ouverts.pop()

    def handle_endtag(self, nom):
        if nom in VIDES:
            return
        if not self.ouverts or self.ouverts[-1][0] != nom:
            self.fautes.append(f"</{nom}> closes {self.ouverts[-1:] or 'nothing'}")
            noms = [un for un, _ in self.ouverts]
            if nom in noms:
                del self.ouverts[len(noms) - 1 - noms[::-1].index(nom) :]
            return
        self.ouverts.pop()

    def handle_data(self, donnees):
        if self.textes and any(un in ("a", "button") for un, _ in self.ouverts):
            self.textes[-1][2].append(donnees)


def references(arbre: Arbre) -> list[str]:
    """Attributes that name an id which is not in the page."""
    fautes = []
    for nom, a, _ in arbre.elements:
        for attribut in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list"):
            for cible in a.get(attribut, "").split():
                if cible not in arbre.ids:
                    fautes.append(f"<{nom} {attribut}={cible}> names nothing")
        ancre = a.get("href", "").removeprefix("#")
        if nom == "a" and a.get("href") == f"#{ancre}" and ancre and ancre not in arbre.ids:
            fautes.append(f"the link #{ancre} leads nowhere")
    return fautes


def champs_sans_nom(arbre: Arbre) -> list[str]:
    """Fields without a label: a placeholder is none."""
    etiquetes = {a["for"] for nom, a, _ in arbre.elements if nom == "label" and "for" in a}
    fautes = []
    for nom, a, chemin in arbre.elements:
        if nom not in ("input", "select", "textarea") or a.get("type") in (
            "hidden", "submit", "button", "image", "reset",
        ) or "hidden" in a:  # fmt: skip
            continue
        nomme = a.get("id") in etiquetes or "label" in chemin.split("/")
        if not (nomme or a.get("aria-label") or a.get("aria-labelledby") or a.get("title")):
            fautes.append(f"<{nom} name={a.get('name')}> has no label")
    return fautes


def titres(arbre: Arbre) -> list[str]:
    """One h1, and no level skipped on the way down."""
    fautes = [] if arbre.titres.count(1) == 1 else [f"{arbre.titres.count(1)} h1"]
    fautes += [
        f"h{avant} is followed by h{apres}"
        for avant, apres in zip(arbre.titres, arbre.titres[1:], strict=False)
        if apres > avant + 1
    ]
    return fautes


def liens(arbre: Arbre) -> list[str]:
    """Links and buttons say where they lead; files say their format; no window opens unasked."""
    fautes = []
    for nom, a, mots in arbre.textes:
        texte = " ".join("".join(mots).split())
        dit = a.get("aria-label") or a.get("title") or texte
        if not dit and a.get("aria-hidden") != "true" and not a.get("aria-labelledby"):
            fautes.append(f"<{nom} {a.get('href') or a.get('class')}> says nothing")
        if dit.lower().strip(" .…") in VAGUES:
            fautes.append(f"vague: {dit!r}")
        if a.get("target") == "_blank" and "nouv" not in dit.lower():
            fautes.append(f"opens a window without saying so: {dit!r}")
        format_ = re.search(r"\.(pdf|csv|xlsx|geojson)\b", a.get("href", ""))
        if nom == "a" and format_ and format_[1].lower() not in dit.lower():
            fautes.append(f"does not say its format ({format_[1]}): {dit!r}")
    return fautes


def page_entiere(arbre: Arbre, html: str) -> list[str]:
    """Language, title, landmarks."""
    fautes = []
    noms = [nom for nom, _, _ in arbre.elements]
    racine = next((a for nom, a, _ in arbre.elements if nom == "html"), {})
    if not racine.get("lang", "").startswith("fr"):
        fautes.append("no lang=fr")
    titre = re.search(r"<title>(.*?)</title>", html, re.S)
    if not titre or len(titre[1].strip()) < 10:
        fautes.append("no title")
    if noms.count("main") + sum(a.get("role") == "main" for _, a, _ in arbre.elements) != 1:
        fautes.append("not one main")
    # Django's own JSON about the rows of an administration page is data, not a template.
    sans_donnees = re.sub(r'<script.*?</script>|data-inline-formset="[^"]*"', "", html, flags=re.S)
    if re.search(r"[{%]%|%}|\{\{|\}\}", sans_donnees):
        fautes.append("template code is visible")
    if re.search(r">\s*None\s*<", html):
        fautes.append("« None » is visible")
    return fautes


def doublons(arbre: Arbre) -> list[str]:
    return [f"id {un} is there {n} times" for un, n in arbre.ids.items() if n > 1]


def tableaux(arbre: Arbre) -> list[str]:
    return [
        f"a table without headers ({un})"
        for un in arbre.tableaux
        if un["td"] and not un["th"] and un["role"] != "presentation"
    ]


def test_every_page_is_sound(toutes):
    """Ids, references, labels, headings, tables, links, balanced tags: on every page."""
    fautes = []
    for page in toutes:
        arbre = Arbre(page.html)
        siennes = arbre.fautes + doublons(arbre) + champs_sans_nom(arbre)
        if not page.chemin.endswith("/import/"):  # import_export draws no help that it names
            siennes += references(arbre)
        siennes += tableaux(arbre) + page_entiere(arbre, page.html)
        if page.zone != "administration":
            siennes += titres(arbre) + liens(arbre)
        fautes += [f"{page.nom}: {faute}" for faute in siennes]
    assert len(toutes) > 80
    assert not fautes, f"{len(fautes)} faults:\n" + "\n".join(fautes[:60])


def test_every_page_of_a_section_has_its_own_title(toutes):
    """Two different pages never have the same title: tabs and histories tell them apart.

    Steps of one sign-in share theirs.
    """
    par_titre: dict[str, set[str]] = {}
    for page in toutes:
        if page.zone in ("administration", "comptes") or "[" in page.nom or "?" in page.chemin:
            continue
        titre = re.search(r"<title>(.*?)</title>", page.html, re.S)[1]
        par_titre.setdefault(titre.strip(), set()).add(page.chemin)
    doubles = {titre: chemins for titre, chemins in par_titre.items() if len(chemins) > 1}
    assert doubles == {}


MAUVAISE = (
    '<html><head><title>x</title></head><body><h1>a</h1><h3 id="b">b</h3><p id="b"><label for="z">'
    '</label><input name="q" placeholder="q"><a href="/x">ici</a><a href="#rien">bien</a>'
    '<a href="/f.pdf">le fichier</a><table><tr><td>1</td></tr></table></div></body></html>'
)


def test_checks_see_what_is_wrong():
    """Each of them finds the fault that was put there for it."""
    arbre = Arbre(MAUVAISE)
    assert arbre.fautes
    for verifier in (doublons, references, champs_sans_nom, titres, liens, tableaux):
        assert verifier(arbre), verifier.__name__
    assert len(liens(arbre)) == 2
    assert len(page_entiere(arbre, MAUVAISE)) == 3
