"""Any answer as text: pages, spreadsheets, archives, PDF with their metadata, headers, cookies."""

import io
import re
import subprocess
import zipfile
from email.header import decode_header, make_header

import pikepdf

# What echoes the address asked for, or is random.
SANS_OBJET = {"location"}


def texte_de(reponse, chemin: str) -> str:
    """Everything that this answer says, the address that was asked for left out."""
    contenu = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    morceaux = [texte_du_contenu(contenu, reponse.get("Content-Type", ""))]
    morceaux += [f"{nom}: {_entete(v)}" for nom, v in reponse.headers.items()]
    morceaux += [str(biscuit) for biscuit in reponse.cookies.values()]
    return "\n".join(morceaux).replace(chemin, "CHEMIN")


def _entete(valeur: str) -> str:
    return str(make_header(decode_header(valeur))) if valeur.startswith("=?") else valeur


def texte_du_contenu(contenu: bytes, genre: str = "") -> str:
    if contenu.startswith(b"%PDF"):
        return texte_du_pdf(contenu)
    if contenu.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            return "\n".join(
                f"{nom}\n{texte_du_contenu(archive.read(nom))}" for nom in archive.namelist()
            )
    return contenu.decode("utf-8", "replace")


def texte_du_pdf(contenu: bytes) -> str:
    lu = subprocess.run(["pdftotext", "-raw", "-", "-"], input=contenu, capture_output=True)
    with pikepdf.open(io.BytesIO(contenu)) as pdf:
        infos = [str(valeur) for valeur in pdf.docinfo.values()]
        xmp = bytes(pdf.Root.Metadata.read_bytes()).decode() if "/Metadata" in pdf.Root else ""
    # Hyphenation and line ends may cut a word.
    return re.sub(r"[\u00ad\u2010-]?\n", "", lu.stdout.decode()) + "\n".join([*infos, xmp])
