"""What the pages of an account say of its sessions."""

import re

from django import template

register = template.Library()

# First match wins: browsers pretend to be one another, the most particular name comes first.
NAVIGATEURS = [
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
]
SYSTEMES = [
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh"),
    ("Linux", r"Linux|X11"),
]


@register.filter
def appareil(agent: str) -> str:
    """“Firefox sur Windows” rather than the line that browsers send."""
    navigateur = _premier(NAVIGATEURS, agent)
    systeme = _premier(SYSTEMES, agent)
    if navigateur and systeme:
        return f"{navigateur} sur {systeme}"
    return navigateur or systeme or "Appareil inconnu"


@register.filter
def par_quatre(secret: str) -> str:
    """In groups of four, to be copied without losing one's place; applications skip the spaces."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _premier(noms, agent):
    return next((nom for nom, motif in noms if re.search(motif, agent or "")), "")
