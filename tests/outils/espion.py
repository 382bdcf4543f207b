"""Which parameters does a view read? Asked of the view itself, while it answers.

``espionner()`` puts recording dictionaries in the place of ``request.GET`` and ``request.POST``:
what is looked up by name is noted, whether it was sent or not.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.handlers import wsgi
from django.http import QueryDict
from django.http import request as requetes


class _Espion(QueryDict):
    lus: set[str] = set()

    def __getitem__(self, cle):
        self.lus.add(cle)
        return super().__getitem__(cle)

    def __contains__(self, cle):
        self.lus.add(cle)
        return super().__contains__(cle)

    def get(self, cle, defaut=None):
        self.lus.add(cle)
        return super().get(cle, defaut)

    def getlist(self, cle, default=None):
        self.lus.add(cle)
        return super().getlist(cle, default)


class EspionGet(_Espion):
    lus: set[str] = set()


class EspionPost(_Espion):
    lus: set[str] = set()


@contextmanager
def espionner():
    """While this lasts, requests note what is read from them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wsgi, "QueryDict", EspionGet)
        patch.setattr(requetes, "QueryDict", EspionPost)
        yield


def oublier() -> None:
    EspionGet.lus.clear()
    EspionPost.lus.clear()


def lus() -> tuple[set[str], set[str]]:
    """(names read from the address, names read from the body) since ``oublier``."""
    noms = [
        {nom for nom in classe.lus if isinstance(nom, str)} for classe in (EspionGet, EspionPost)
    ]
    return noms[0], noms[1] - {"csrfmiddlewaretoken"}


# --- What the page itself says that it sends --------------------------------------------------
EXEMPLES = {
    "email": "quelqu.un@exemple.fr",
    "number": "3",
    "url": "https://www.exemple.fr/",
    "date": "2026-03-01",
    "tel": "0102030405",
    "password": "motdepasse-long",
}


@dataclass
class Formulaire:
    """A form of a page, filled as an ordinary person would."""

    action: str
    methode: str
    valeurs: dict[str, list[str]] = field(default_factory=dict)
    fichiers: set[str] = field(default_factory=set)


class _Lecteur(HTMLParser):
    """Collects forms (with a plausible value for each field) and the names in links."""

    def __init__(self):
        super().__init__()
        self.formulaires: list[Formulaire] = []
        self.liens: set[str] = set()
        self.ouvert: Formulaire | None = None
        self.zone = self.menu = ""

    def handle_starttag(self, balise, attributs):
        a = {nom: valeur or "" for nom, valeur in attributs}
        if balise == "a":
            self.liens |= {n for n, _ in parse_qsl(urlsplit(a.get("href", "")).query, True)}
        if balise == "form":
            self.ouvert = Formulaire(a.get("action", ""), a.get("method", "get").lower())
            self.formulaires.append(self.ouvert)
        if self.ouvert is None or not (nom := a.get("name")):
            if balise == "option" and self.ouvert and self.menu and a.get("value"):
                self.ouvert.valeurs.setdefault(self.menu, [a["value"]])
            return
        genre = a.get("type", "text").lower()
        if balise == "select":
            self.menu = nom
        elif balise == "textarea":
            self.ouvert.valeurs[nom] = ["Un texte."]
        elif balise == "input" and genre == "file":
            self.ouvert.fichiers.add(nom)
        elif balise == "input" and genre in ("radio", "checkbox"):
            self.ouvert.valeurs.setdefault(nom, [a.get("value", "on")])
        elif balise == "input":
            self.ouvert.valeurs[nom] = [a.get("value") or EXEMPLES.get(genre, "Texte")]

    def handle_endtag(self, balise):
        if balise == "form":
            self.ouvert = None
        if balise == "select":
            self.menu = ""


def lire_la_page(html: str) -> tuple[list[Formulaire], set[str]]:
    """The forms of a page, and the parameters that its links carry."""
    lecteur = _Lecteur()
    lecteur.feed(re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.S))
    for formulaire in lecteur.formulaires:
        formulaire.valeurs.pop("csrfmiddlewaretoken", None)
    return lecteur.formulaires, lecteur.liens
