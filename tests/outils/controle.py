"""What is looked at in every page that the test client receives, whatever the test is about."""

import re

_FORMULAIRE = re.compile(r"<form\b(?P<attributs>[^>]*)>(?P<corps>.*?)</form>", re.I | re.S)
_POST = re.compile(r"""method\s*=\s*["']?post\b""", re.I)
_JETON = re.compile(
    r"""name=["']csrfmiddlewaretoken["'][^>]*value=["'][^"']{20,}|
                        value=["'][^"']{20,}["'][^>]*name=["']csrfmiddlewaretoken""",
    re.I | re.X,
)
_BALISE = re.compile(r"<(?P<nom>[a-zA-Z][\w-]*)(?P<attributs>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_DANS_LA_PAGE = re.compile(r"""(?:^|\s)(?P<nom>style|on[a-z]+)\s*=""", re.I)
_VALEURS = re.compile(r"\"[^\"]*\"|'[^']*'")
EXECUTABLE = {"", "module", "text/javascript", "application/javascript", "importmap"}


def formulaires_sans_jeton(html: str) -> list[str]:
    """POST forms of the page that would be refused for want of a CSRF token."""
    return [
        f"<form{trouve['attributs']}>"
        for trouve in _FORMULAIRE.finditer(html)
        if _POST.search(trouve["attributs"]) and not _JETON.search(trouve["corps"])
    ]


def bloque_par_la_politique(html: str) -> list[str]:
    """Inline scripts, styles and handlers: our content security policy silences them."""
    fautes = []
    for trouve in _BALISE.finditer(html):
        nom, attributs = trouve["nom"].lower(), trouve["attributs"]
        if nom == "style":
            fautes.append("<style>")
        genre = re.search(r"""\btype\s*=\s*["']?([\w/+-]*)""", attributs, re.I)
        sans_adresse = not re.search(r"(?:^|\s)src\s*=", attributs, re.I)
        if nom == "script" and sans_adresse and (genre[1] if genre else "") in EXECUTABLE:
            fautes.append(trouve[0][:80])
        if dans := _DANS_LA_PAGE.search(_VALEURS.sub('""', attributs)):
            fautes.append(f"{dans['nom']} on <{nom}>")
    return fautes


def est_une_page(reponse) -> bool:
    return (
        not reponse.streaming
        and reponse.get("Content-Type", "").startswith("text/html")
        and bool(reponse.content)
    )


def controler(reponse) -> None:
    """Raise AssertionError for a page that no test should accept."""
    if not est_une_page(reponse):
        return
    html = reponse.content.decode(reponse.charset)
    chemin = reponse.request["PATH_INFO"]
    assert not (fautes := formulaires_sans_jeton(html)), f"{chemin}: no CSRF token in {fautes}"
    assert not (fautes := bloque_par_la_politique(html)), f"{chemin}: blocked by our CSP: {fautes}"
