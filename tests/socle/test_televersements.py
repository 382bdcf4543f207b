"""Files that people send: two hundred hostile ones, what is kept, what is served."""

import io
import zipfile

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from hubpartenariat.socle.televersements import accueil
from hubpartenariat.socle.televersements.reception import trop_lourds
from tests.outils import bilan
from tests.outils.fichiers_hostiles import (
    MARQUE,
    NEUTRALISE,
    bombe_pdf,
    docx,
    hostiles,
    image,
    odt,
    pdf,
)
from tests.outils.memoire import pic, remettre_le_pic_a_zero

# Names and pictures that hold no mark: what is asked of them is asked of their name.
SANS_MARQUE = {"nom lu à l’envers", "nom dangereux"}
FIXE = 60 * 1024  # kB: what the process itself may grow by, whatever the files


def accueillir(nom: str, contenu: bytes) -> accueil.Depot:
    fichier = SimpleUploadedFile("x", contenu)
    fichier._name = nom  # as it is sent: the form of Django cuts paths already
    return accueil.accueillir(fichier)


def test_two_hundred_hostile_files_are_refused_or_made_harmless():
    tous = hostiles(200)
    assert len(tous) >= 200
    remettre_le_pic_a_zero()
    avant = pic()
    comptes = {"refusés": 0, "neutralisés": 0}
    for un in tous:
        try:
            depot = accueillir(un.nom, un.contenu)
        except ValidationError as erreur:
            assert un.attendu != NEUTRALISE, (un.quoi, un.nom, erreur.messages)
            message = erreur.messages[0]
            assert message[0].isupper() and message[-1] in ".!" and len(message) < 200
            comptes["refusés"] += 1
        else:
            assert un.attendu == NEUTRALISE, (un.quoi, un.nom)
            assert MARQUE not in depot.contenu, un.quoi
            assert MARQUE not in _deplie(depot.contenu), un.quoi
            assert "/" not in depot.nom and "\u202e" not in depot.nom and len(depot.nom) <= 100
            comptes["neutralisés"] += 1
    apres = pic()
    bilan.LIGNES.append(f"fichiers hostiles : {len(tous)}, {comptes}, mémoire +{apres - avant} ko")
    assert apres - avant < FIXE


def _deplie(contenu: bytes) -> bytes:
    """What a PDF says once its streams are opened, an office file once it is unpacked."""
    if contenu.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            morceaux = [(nom.encode(), archive.read(nom)) for nom in archive.namelist()]
        return b"\n".join(nom + b"\n" + _deplie(morceau) for nom, morceau in morceaux)
    if not contenu.startswith(b"%PDF-"):
        return contenu
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(contenu)) as document:
        document.save(
            sortie,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return sortie.getvalue()


def test_the_mark_is_found_wherever_it_hides():
    """The search for what is left can fail: it finds the mark in files as they were sent."""
    for un in hostiles():
        if un.attendu == NEUTRALISE and un.quoi not in SANS_MARQUE:
            assert MARQUE in un.contenu or MARQUE in _deplie(un.contenu), (un.quoi, un.nom)


def test_a_pdf_bomb_does_not_grow_the_site():
    contenu = bombe_pdf()
    assert len(contenu) < accueil.TAILLE_AU_PLUS
    remettre_le_pic_a_zero()
    avant = pic()
    try:
        depot = accueillir("guide.pdf", contenu)
        assert len(depot.contenu) < accueil.TAILLE_AU_PLUS
    except ValidationError as erreur:
        assert erreur.messages == [accueil.ILLISIBLE]
    assert pic() - avant < FIXE


@pytest.mark.parametrize(
    ("nom", "contenu", "range_sous"),
    [
        ("Ma charte (v2).PDF", pdf(), "Ma charte (v2).pdf"),
        ("photo.jpeg", image("JPEG"), "photo.jpg"),
        ("photo.png", image("PNG"), "photo.png"),
        ("photo.webp", image("WEBP"), "photo.webp"),
        ("note.odt", odt(), "note.odt"),
        ("note.docx", docx(), "note.docx"),
        ("liste.csv", "nom;âge\nÉlise;40\n".encode(), "liste.csv"),
        ("note.txt", b"\xef\xbb\xbfBonjour", "note.txt"),
    ],
)
def test_what_a_team_sends_is_taken_and_still_opens(nom, contenu, range_sous):
    depot = accueillir(nom, contenu)
    assert depot.nom == range_sous
    encore = accueillir(depot.nom, depot.contenu)
    assert encore.mime == depot.mime


def test_a_very_heavy_file_is_let_go_and_the_text_beside_it_is_kept(settings):
    """Two gigabytes are refused unread; a file a little too heavy leaves the other fields."""
    limite = "--limite"
    corps = (
        (
            f'{limite}\r\nContent-Disposition: form-data; name="fichier"; filename="a.pdf"\r\n\r\n'
        ).encode()
        + b"%PDF-"
        + b"x" * (accueil.TAILLE_AU_PLUS + 10)
    )
    corps += f'\r\n{limite}\r\nContent-Disposition: form-data; name="titre"\r\n\r\nGardé'.encode()
    corps += f"\r\n{limite}--\r\n".encode()
    requete = RequestFactory().post(
        "/", corps, content_type=f"multipart/form-data; boundary={limite[2:]}"
    )
    assert requete.POST["titre"] == "Gardé"
    assert not requete.FILES and trop_lourds(requete) == {"fichier"}


def test_two_gigabytes_are_not_read(client, db):

    reponse = client.generic(
        "POST",
        "/comptes/login/",
        b"x",
        content_type="multipart/form-data; boundary=b",
        CONTENT_LENGTH=2 * 1024**3,
    )
    assert reponse.status_code == 400
    assert "trop lourd" in reponse.content.decode()
