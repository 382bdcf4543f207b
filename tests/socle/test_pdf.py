"""The PDF engine: cut off from the world, tagged, reproducible, proof against what people type."""

import http.server
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.template import Context, Template
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from hubpartenariat.socle import pdf
from tests.outils.pdfua import defauts

RACINE = Path(__file__).resolve().parents[2]
DATE = "2026-11-23T10:00:00+01:00"
PAGE = """<!DOCTYPE html><html lang="fr"><head><title>Essai</title>
<link rel="stylesheet" href="statique:css/pdf.css"></head><body>
<p class="entete">Hub · essai</p><p class="pied">https://hub.example/</p>
<h1>Essai</h1>{}</body></html>"""


def rendre(corps: str, **options) -> bytes:
    return pdf.rendre(PAGE.format(corps), titre="Essai", date=DATE, **options)[0]


def texte_de(contenu: bytes, dossier: Path) -> str:
    """Text as a tool that is not ours reads it."""
    fichier = dossier / "lu.pdf"
    fichier.write_bytes(contenu)
    return subprocess.run(
        ["pdftotext", "-layout", fichier, "-"], capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture
def oreille():
    """A web server that must hear nothing."""
    recus: list[str] = []

    class Oreille(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            recus.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_HEAD = do_POST = do_GET

        def log_message(self, *_args):
            pass

    serveur = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Oreille)
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield f"http://127.0.0.1:{serveur.server_port}", recus
    serveur.shutdown()
    serveur.server_close()


def attaques(adresse: str, secret: Path) -> list[str]:
    """Ways to make a renderer open something, should raw HTML ever reach it."""
    cibles = [
        f"{adresse}/x",
        f"file://{secret}",
        f"FILE://{secret}",
        str(secret),
        f"ftp://{adresse.removeprefix('http://')}/x",
        f"statique:../../..{secret}",
        f"statique:{secret}",
        "statique:css/../../manage.py",
        "data:text/css,body{{color:red}}".replace("{{", "{").replace("}}", "}"),
        f"image:{secret}",
        "//127.0.0.1/x",
    ]
    modeles = [
        '<img alt="x" src="{}">',
        '<link rel="stylesheet" href="{}">',
        '<link rel="attachment" href="{}">',
        '<a rel="attachment" href="{}">x</a>',
        '<object data="{}"></object>',
        '<embed src="{}">',
        '<iframe src="{}"></iframe>',
        '<style>@import url("{}")</style>',
        '<style>@font-face {{ font-family: x; src: url("{}") }} p {{ font-family: x }}</style>',
        '<p style="background: url({})">x</p>',
        '<p style="list-style: url({}); display: list-item">x</p>',
        '<p style="content: url({})">x</p>',
        '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
        '<svg width="9" height="9"><use href="{}"/></svg>',
    ]
    return [modele.format(cible) for modele in modeles for cible in cibles]


def test_the_fetcher_opens_nothing_but_our_files(oreille, tmp_path):
    """Even raw hostile HTML, which never reaches it: no request, no byte of the server's files."""
    adresse, recus = oreille
    secret = tmp_path / "secret.txt"
    secret.write_text("CONTENU-SECRET-DU-SERVEUR")
    contenu = rendre("".join(attaques(adresse, secret)))
    assert recus == []
    decompresse = subprocess.run(
        [sys.executable, "-c", _TOUT_DECOMPRESSER], input=contenu, capture_output=True, check=True
    ).stdout
    assert b"CONTENU-SECRET" not in decompresse
    assert b"DJANGO_SETTINGS_MODULE" not in decompresse
    assert "something is attached" not in defauts(contenu)


_TOUT_DECOMPRESSER = """
import io, sys, pikepdf
document = pikepdf.open(io.BytesIO(sys.stdin.buffer.read()))
for objet in document.objects:
    if isinstance(objet, pikepdf.Stream):
        sys.stdout.buffer.write(objet.read_bytes())
    else:
        sys.stdout.buffer.write(objet.unparse(resolved=True))
"""


@pytest.mark.parametrize("nom", ["{}", "../{}", "css/../../{}", "css/pdf.css/../../../{}"])
def test_only_the_static_folder(settings, tmp_path, nom):
    """A style sheet elsewhere on the disk is not ours, however its path is written."""
    ailleurs = tmp_path / "ailleurs.css"
    ailleurs.write_text("secret")
    settings.STATICFILES_DIRS = [tmp_path / "statique"]
    (tmp_path / "statique" / "css").mkdir(parents=True)
    for cible in (ailleurs, "ailleurs.css"):
        with pytest.raises((ValueError, OSError)):
            pdf.NosFichiers().fetch("statique:" + nom.format(cible))


def test_the_ear_hears_the_default_fetcher(oreille, tmp_path):
    """The trial above proves something: WeasyPrint's own fetcher falls into the same traps."""
    adresse, recus = oreille
    secret = tmp_path / "secret.txt"
    secret.write_text("CONTENU-SECRET-DU-SERVEUR")
    html = PAGE.replace('<link rel="stylesheet" href="statique:css/pdf.css">', "")
    corps = f'<img alt="x" src="{adresse}/x"><link rel="attachment" href="file://{secret}">'
    brut = HTML(string=html.format(corps), url_fetcher=URLFetcher()).write_pdf()
    decompresse = subprocess.run(
        [sys.executable, "-c", _TOUT_DECOMPRESSER], input=brut, capture_output=True, check=True
    ).stdout
    assert recus == ["/x"]
    assert b"CONTENU-SECRET" in decompresse


def test_our_own_files_and_drawings_are_found(tmp_path):
    """Style, font and drawing are really in the document."""
    dessin = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">'
        '<text y="20" x="2">77</text></svg>'
    )
    contenu = rendre('<img alt="Carte : 77" src="image:carte">', images={"carte": dessin})
    fichier = tmp_path / "a.pdf"
    fichier.write_bytes(contenu)
    polices = subprocess.run(["pdffonts", fichier], capture_output=True, text=True).stdout
    assert "Atkinson" in polices
    assert "77" in texte_de(contenu, tmp_path)
    assert defauts(contenu) == []


COMPLET = """<h2>Une section</h2><p>Un <a href="https://exemple.fr/">lien</a>, puis un tableau.</p>
<table class="grille">
<thead><tr><th scope="col">Critère</th><th scope="col">Réponse</th></tr></thead>
<tbody><tr><th scope="row">Un</th><td>Oui</td></tr><tr><th scope="row">Deux</th><td>Non</td></tr>
</tbody></table><ul><li>Un</li><li>Deux</li></ul><h3>Plus bas</h3><p>Fin.</p>
<p style="break-before: page">Deuxième page.</p>"""


def test_documents_are_tagged():
    assert defauts(rendre(COMPLET)) == []


@pytest.mark.parametrize(
    ("corps", "defaut"),
    [
        ('<img alt="" src="image:d">', "figure without alternative text"),
        ("<h3>Trop bas</h3>", "heading H3 after level 1"),
        ("<table><tr><td>1</td></tr></table>", "table without headers"),
    ],
)
def test_the_structural_checks_see_faults(corps, defaut):
    dessin = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    assert defaut in defauts(rendre(corps, images={"d": dessin}))


def test_margin_boxes_need_the_last_pass():
    """Without it, running heads and page numbers are neither tagged nor artifacts."""
    html = PAGE.format(COMPLET)
    brut = HTML(string=html, url_fetcher=pdf.NosFichiers()).write_pdf(pdf_variant="pdf/ua-1")
    assert any("neither tagged nor artifacts" in defaut for defaut in defauts(brut))


def test_same_content_same_bytes():
    """Two processes, two moments, two hash seeds: one file."""
    arguments = f"{PAGE.format(COMPLET)!r}, titre='Essai', date={DATE!r}"
    programme = (
        "import sys, django; django.setup(); from hubpartenariat.socle import pdf;"
        f"sys.stdout.buffer.write(pdf.rendre({arguments})[0])"
    )
    sorties = []
    for graine in ("1", "2"):
        sorties.append(
            subprocess.run(
                [sys.executable, "-c", programme],
                cwd=RACINE,
                env=os.environ
                | {"PYTHONHASHSEED": graine, "DJANGO_SETTINGS_MODULE": "hubpartenariat.settings"},
                capture_output=True,
                check=True,
            ).stdout
        )
        time.sleep(1.1)
    assert sorties[0] == sorties[1]
    assert sorties[0].startswith(b"%PDF-1.7")


def test_the_document_is_dated_by_its_data(tmp_path):
    fichier = tmp_path / "a.pdf"
    fichier.write_bytes(rendre("<p>x</p>"))
    informations = subprocess.run(
        ["pdfinfo", "-isodates", fichier], capture_output=True, text=True, check=True
    ).stdout
    assert "2026-11-23T09:00:00Z" in informations
    assert "Title:           Essai" in informations


# --- Text of users ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("brut", "attendu"),
    [
        ("a\x00b\x1b[0mc", "ab[0mc"),
        ("\u202egnirts\u2066", "gnirts"),
        ("une\nligne\tet", "une\nligne\tet"),
        ("مرحبا 🫀 e\u0301", "مرحبا 🫀 e\u0301"),
    ],
)
def test_text_is_made_readable(brut, attendu):
    assert pdf.lisible(brut) == attendu


def test_long_text_says_it_is_cut():
    coupe = pdf.borner("mot " * 30_000, 6000)
    assert len(coupe) < 6100
    assert "texte coupé" in coupe


def test_user_text_is_escaped_and_breakable():
    rendu = Template("{% load pdf %}{{ t|texte }}{{ t|paragraphes }}").render(
        Context({"t": "<script>" + "é" * 100 + "</script>"})
    )
    assert "<script>" not in rendu
    assert rendu.count("\u200b") >= 2
