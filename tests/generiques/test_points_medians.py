"""No midpoint inside a word: screen readers stumble over it, and so do people who read slowly."""

import re
from pathlib import Path

from django.conf import settings

PAQUETS = "templates ressources annuaire cartographie consultation hubpartenariat fixtures static"
SUFFIXES = {".html", ".txt", ".py", ".json", ".csv", ".js"}
DANS_UN_MOT = re.compile(r"\w·\w")  # « a · b » separates, and may stay


def _fautes(racine: Path):
    for paquet in PAQUETS.split():
        for fichier in sorted((racine / paquet).rglob("*")):
            if fichier.suffix in SUFFIXES and "migrations" not in fichier.parts:
                texte = fichier.read_text(encoding="utf-8")
                for faute in DANS_UN_MOT.finditer(texte):
                    yield f"{fichier}: …{texte[faute.start() - 15 : faute.end() + 5]}…"


def test_no_word_is_cut_by_a_midpoint():
    assert list(_fautes(Path(settings.BASE_DIR))) == []


def test_a_separator_is_not_a_cut_word(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text("Paris · Lyon, vous seul·e", encoding="utf-8")
    assert len(list(_fautes(tmp_path))) == 1
