"""LibreOffice, where it is installed: opens the files that the hub makes or keeps."""

import shutil
import subprocess
from pathlib import Path

import pytest

# Said of Java, which it looks for to run macros, whatever the file.
DE_LIBREOFFICE = "failed to launch javaldx"


def convertir(dossier: Path, fichiers: dict[str, bytes], format_: str) -> tuple[Path, list[str]]:
    """Each file converted in one run: where they are, and what LibreOffice said. Skips without."""
    commande = shutil.which("soffice")
    if commande is None:
        pytest.skip("LibreOffice is not installed")
    sources, faits = dossier / f"sources-{format_}", dossier / f"faits-{format_}"
    sources.mkdir(parents=True, exist_ok=True)
    for nom, contenu in fichiers.items():
        (sources / nom).write_bytes(contenu)
    profil = f"-env:UserInstallation={(dossier / 'profil').as_uri()}"
    sortie = subprocess.run(
        [commande, profil, "--headless", "--convert-to", format_, "--outdir", faits]
        + [sources / nom for nom in fichiers],
        capture_output=True,
        text=True,
        timeout=180,
    )
    dit = [une for une in sortie.stderr.splitlines() if une.strip()]
    return faits, [une for une in dit if DE_LIBREOFFICE not in une]


def lire(dossier: Path, fichiers: dict[str, bytes]) -> tuple[dict[str, str | None], list[str]]:
    """{name: text it shows, or None when it could not be opened}, what LibreOffice said.

    Two files may not differ by their ending alone.
    """
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    faits, dit = convertir(dossier, fichiers, "pdf")
    return {nom: _texte((faits / nom).with_suffix(".pdf")) for nom in fichiers}, dit


def _texte(pdf: Path) -> str | None:
    if not pdf.exists():
        return None
    return subprocess.run(
        ["pdftotext", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
