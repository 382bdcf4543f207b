"""Two hundred files that nobody should have to open, each with what must become of it.

``REFUSE``: not taken. ``NEUTRALISE``: taken, and nothing of what was hidden in it is left.
"""

import io
import random
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from PIL import Image

from tests.outils.bureau_hostile import MARQUE, NEUTRALISE, REFUSE, liaisons
from tests.outils.documents_de_bureau import archive

SCRIPT = b"<script>alert('MARQUEHOSTILE')</script>"
ODT = "application/vnd.oasis.opendocument.text"
ELF = b"\x7fELF\x02\x01\x01" + MARQUE * 10
EXE = b"MZ\x90\x00" + MARQUE * 10
EXTENSIONS = (
    "pdf",
    "odt",
    "ods",
    "odp",
    "docx",
    "xlsx",
    "pptx",
    "png",
    "jpg",
    "webp",
    "txt",
    "csv",
)


@dataclass(frozen=True)
class Hostile:
    quoi: str
    nom: str
    contenu: bytes
    attendu: str


def pdf(**ajouts) -> bytes:
    """A PDF of one page; ``ajouts``: keys of its root."""
    document = pikepdf.new()
    document.add_blank_page()
    for cle, valeur in ajouts.items():
        document.Root[f"/{cle}"] = valeur
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def image(format_="PNG", taille=(8, 8), **options) -> bytes:
    sortie = io.BytesIO()
    Image.new("RGB", taille, (20, 90, 100)).save(sortie, format_, **options)
    return sortie.getvalue()


def odt(**autres) -> bytes:
    return archive({"mimetype": ODT.encode(), "content.xml": b"<x/>"} | autres)


def docx(**autres) -> bytes:
    return archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"} | autres)


def bombe_png(cote=60_000) -> bytes:
    """A few kilobytes that announce billions of pixels."""

    def morceau(genre: bytes, donnees: bytes) -> bytes:
        somme = struct.pack(">I", zlib.crc32(genre + donnees))
        return struct.pack(">I", len(donnees)) + genre + donnees + somme

    tete = struct.pack(">IIBBBBB", cote, cote, 8, 0, 0, 0, 0)
    corps = zlib.compress(b"\0" * 2_000_000, 9)
    debut = b"\x89PNG\r\n\x1a\n" + morceau(b"IHDR", tete)
    return debut + morceau(b"IDAT", corps) + morceau(b"IEND", b"")


def bombe_pdf() -> bytes:
    """A page whose content opens to 400 MB."""
    document = pikepdf.new()
    document.add_blank_page()
    plein = zlib.compress(b"0 " * 200_000_000, 9)
    document.pages[0].Contents = pikepdf.Stream(
        document, plein, pikepdf.Dictionary(Filter=pikepdf.Name.FlateDecode)
    )
    sortie = io.BytesIO()
    document.save(sortie, compress_streams=False)
    return sortie.getvalue()


def _deguises() -> Iterator[Hostile]:
    """Programs, pages and archives under another name."""
    for extension in EXTENSIONS:
        yield Hostile("programme Windows", f"guide.{extension}", EXE, REFUSE)
        yield Hostile("programme Linux", f"guide.{extension}", ELF, REFUSE)
        yield Hostile("vide", f"guide.{extension}", b"", REFUSE)
        if extension not in ("txt", "csv"):
            yield Hostile("page web", f"guide.{extension}", b"<!doctype html>" + SCRIPT, REFUSE)
            yield Hostile("dessin avec script", f"guide.{extension}", b"<svg>" + SCRIPT, REFUSE)
    for extension in (
        "exe",
        "svg",
        "html",
        "js",
        "zip",
        "php",
        "sh",
        "docm",
        "jar",
        "iso",
        "",
        "scr",
    ):
        yield Hostile("genre non accepté", f"guide.pdf.{extension}", pdf(), REFUSE)
    for nom in ("guide\u202efdp.exe", "guide.pdf\u202e", "\u202egpj.exe", "guide.\u202epdf.sh"):
        attendu = NEUTRALISE if nom == "guide.pdf\u202e" else REFUSE
        yield Hostile("nom lu à l’envers", nom, pdf(), attendu)
    for nom in (
        "../../etc/passwd.pdf",
        "C:\\Windows\\guide.pdf",
        "\x00guide.pdf",
        "a" * 5000 + ".pdf",
    ):
        yield Hostile("nom dangereux", nom, pdf(), NEUTRALISE)


def _actifs() -> Iterator[Hostile]:
    """PDFs that act by themselves."""
    nom, texte = pikepdf.Name, pikepdf.String(MARQUE.decode())
    js = pikepdf.Dictionary(S=nom.JavaScript, JS=texte)
    lancer = pikepdf.Dictionary(S=nom.Launch, F=texte)
    envoyer = pikepdf.Dictionary(S=nom.SubmitForm, F=texte, JS=texte)
    for quoi, ajouts in (
        ("script à l’ouverture", {"OpenAction": js}),
        ("programme à l’ouverture", {"OpenAction": lancer}),
        ("envoi à l’ouverture", {"OpenAction": envoyer}),
        ("scripts nommés", {"Names": pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(N=js))}),
        (
            "pièces jointes",
            {"Names": pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(F=texte))},
        ),
        ("action à la fermeture", {"AA": pikepdf.Dictionary(WC=js)}),
        ("formulaire XFA", {"AcroForm": pikepdf.Dictionary(XFA=texte, Fields=pikepdf.Array())}),
        ("fichier associé", {"AF": pikepdf.Array([pikepdf.Dictionary(EF=texte)])}),
        ("script enfoui", {"Perdu": pikepdf.Array([pikepdf.Array([pikepdf.Dictionary(A=js)])])}),
    ):
        yield Hostile(quoi, "guide.pdf", pdf(**ajouts), NEUTRALISE)
    yield Hostile("PDF et archive", "guide.pdf", pdf() + archive({"a.exe": EXE}, False), NEUTRALISE)
    yield Hostile("PDF et page web", "guide.pdf", pdf() + SCRIPT, NEUTRALISE)
    auteur = pikepdf.new()
    auteur.add_blank_page()
    auteur.docinfo["/Author"] = MARQUE.decode()
    signe = io.BytesIO()
    auteur.save(signe)
    yield Hostile("nom de l’auteur", "guide.pdf", signe.getvalue(), NEUTRALISE)
    yield Hostile("PDF coupé", "guide.pdf", pdf()[:40], REFUSE)
    yield Hostile("PDF d’un mot", "guide.pdf", b"%PDF-" + MARQUE, REFUSE)
    protege = io.BytesIO()
    document = pikepdf.open(io.BytesIO(pdf()))
    document.save(protege, encryption=pikepdf.Encryption(user="x", owner="y"))
    yield Hostile("PDF avec mot de passe", "guide.pdf", protege.getvalue(), REFUSE)


def _images() -> Iterator[Hostile]:
    for format_, extension in (("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")):
        propre = image(format_)
        for quoi, queue in (
            ("script", SCRIPT),
            ("archive", archive({"a": MARQUE}, False)),
            ("PHP", MARQUE),
        ):
            yield Hostile(f"image et {quoi}", f"photo.{extension}", propre + queue, NEUTRALISE)
        yield Hostile("image coupée", f"photo.{extension}", propre[: len(propre) // 2], REFUSE)
    lieu = Image.Exif()
    lieu[0x010E] = MARQUE.decode()
    yield Hostile("lieu de la photo", "photo.jpg", image("JPEG", exif=lieu), NEUTRALISE)
    yield Hostile("bombe d’image", "photo.png", bombe_png(), REFUSE)
    yield Hostile("image trop grande", "photo.png", image(taille=(9000, 9000)), REFUSE)
    yield Hostile("GIF nommé PNG", "photo.png", image("GIF"), REFUSE)
    yield Hostile("TIFF nommé JPEG", "photo.jpg", image("TIFF"), REFUSE)


def _bureau() -> Iterator[Hostile]:
    gros = b"0" * 150_000_000
    for nom, fait, autre in (("note.odt", odt, "docx"), ("note.docx", docx, "odt")):
        for chemin in (
            *("word/vbaProject.bin", "Basic/Standard/script.xml", "Scripts/x.py", "a/run.exe"),
            *("word/embeddings/x.xml", "word/activeX/a.xml", "macros/x.xml", "../../dehors.xml"),
            *("/etc/passwd", "..\\..\\x.xml", "x.js", "x.vbs", "x.bat", "x.jar", "x.dll"),
        ):
            yield Hostile(f"document avec {chemin}", nom, fait(**{chemin: MARQUE}), REFUSE)
        yield Hostile("bombe d’archive", nom, fait(**{"bombe.xml": gros}), REFUSE)
        plein = {f"m/{n}.xml": b"x" for n in range(2100)}
        yield Hostile("trop de morceaux", nom, fait(**plein), REFUSE)
        yield Hostile("document et queue", nom, fait() + SCRIPT, NEUTRALISE)
        yield Hostile("programme devant", nom, EXE + fait(), REFUSE)
        yield Hostile("un document pour un autre", f"note.{autre}", fait(), REFUSE)
        yield Hostile("archive nue", nom, archive({"a.txt": MARQUE}), REFUSE)
        yield Hostile("archive coupée", nom, fait()[:30], REFUSE)


def _textes() -> Iterator[Hostile]:
    yield Hostile("texte avec zéros", "note.txt", b"a\x00b" + MARQUE, REFUSE)
    yield Hostile("texte en latin", "note.txt", "é".encode("latin-1") + MARQUE, REFUSE)
    yield Hostile("commandes de terminal", "note.txt", b"\x1b[31m" + MARQUE, REFUSE)
    yield Hostile("UTF-16", "note.csv", "bonjour".encode("utf-16"), REFUSE)


def _hasard(combien: int) -> Iterator[Hostile]:
    """Noise behind the right beginning, always the same."""
    hasard = random.Random(7)
    debuts = {
        "pdf": b"%PDF-1.7\n",
        "png": b"\x89PNG\r\n\x1a\n",
        "docx": b"PK\x03\x04",
        "jpg": b"\xff\xd8\xff",
    }
    for rang in range(combien):
        extension = list(debuts)[rang % len(debuts)]
        bruit = debuts[extension] + hasard.randbytes(hasard.randint(1, 20_000))
        yield Hostile("bruit", f"bruit-{rang}.{extension}", bruit, REFUSE)


def hostiles(combien: int = 200) -> list[Hostile]:
    """At least ``combien`` of them, some of noise."""
    liees = (Hostile(*une) for une in liaisons())
    ecrits = [*_deguises(), *_actifs(), *_images(), *_bureau(), *_textes(), *liees]
    return ecrits + list(_hasard(max(20, combien - len(ecrits))))
