"""The repository itself is tested: shape, sizes, names that must not appear."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
METIERS = ["cartographie", "annuaire", "ressources", "consultation"]
# Who may import whom: socle ← comptes ← the trades ← the project.
INTERDITS = {
    "hubpartenariat/socle": ["hubpartenariat.comptes", *METIERS],
    "hubpartenariat/comptes": METIERS,
    **{metier: [autre for autre in METIERS if autre != metier] for metier in METIERS},
}


def suivis(*motifs: str) -> list[Path]:
    """Files that git tracks and that match one of the patterns."""
    sortie = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *motifs],
        cwd=RACINE,
        capture_output=True,
        check=True,
    ).stdout
    noms = [nom for nom in sortie.decode().split("\0") if nom]
    return [RACINE / nom for nom in noms if (RACINE / nom).is_file()]


def modules_importes(chemin: Path) -> set[str]:
    """Dotted names imported anywhere in a Python file, lazy imports included."""
    noms: set[str] = set()
    for noeud in ast.walk(ast.parse(chemin.read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.Import):
            noms |= {alias.name for alias in noeud.names}
        elif isinstance(noeud, ast.ImportFrom) and noeud.module:
            noms.add(noeud.module)
            noms |= {f"{noeud.module}.{alias.name}" for alias in noeud.names}
    return noms


def infractions(dossier: str, interdits: list[str]) -> list[str]:
    trouvees = []
    for chemin in suivis(f"{dossier}/*.py", f"{dossier}/**/*.py"):
        for nom in modules_importes(chemin):
            if any(nom == racine or nom.startswith(f"{racine}.") for racine in interdits):
                trouvees.append(f"{chemin.relative_to(RACINE)} imports {nom}")
    return trouvees


@pytest.mark.parametrize("dossier", INTERDITS)
def test_law_of_imports(dossier):
    """A lower floor never looks up, a trade never looks at its neighbour."""
    assert infractions(dossier, INTERDITS[dossier]) == []


def test_law_of_imports_sees_a_breach():
    """The rule above can fail: the project does import the trades."""
    assert infractions("hubpartenariat", METIERS)


def test_files_stay_short():
    longs = {
        str(chemin.relative_to(RACINE)): lignes
        for chemin in suivis("*.py", "*.html", "*.css", "*.js")
        if "/migrations/" not in str(chemin)
        and (lignes := len(chemin.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert longs == {}


def test_no_registry_host_nor_foreign_address_in_requirements():
    for chemin in suivis("requirements*"):
        assert "://" not in chemin.read_text(encoding="utf-8"), chemin.name


def test_every_requirement_is_pinned_and_hashed():
    for nom in ["requirements.txt", "requirements-dev.txt"]:
        texte = (RACINE / nom).read_text(encoding="utf-8")
        entrees = re.split(r"\n(?=\S)", texte.strip())
        assert len(entrees) > 20
        for entree in entrees:
            assert "==" in entree, entree
            assert "--hash=sha256:" in entree, entree


def test_pages_load_nothing_from_a_third_party():
    """No template or stylesheet fetches a script, style, font or image from elsewhere."""
    charge = re.compile(r"""(?:src=|<link[^>]*href=|url\(|@import\s+)["'(]?\s*(?:https?:)?//""")
    fautifs = [
        str(chemin.relative_to(RACINE))
        for chemin in suivis("templates/**/*.html", "templates/*.html", "static/**/*.css")
        if charge.search(chemin.read_text(encoding="utf-8"))
        and 'rel="canonical"' not in chemin.read_text(encoding="utf-8")
    ]
    assert fautifs == []


def test_templates_hold_no_inline_script_or_style():
    """The content security policy would block it: the feature would silently not work."""
    dans_la_page = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.I)
    fautifs = []
    for chemin in suivis("templates/**/*.html", "templates/*.html"):
        relatif = chemin.relative_to(RACINE).as_posix()
        if "/pdf/" in relatif or relatif.startswith("templates/courriels/"):
            continue  # not shown by a browser under our policy
        balisage = re.sub(r"{%.*?%}", "", chemin.read_text(encoding="utf-8"), flags=re.S)
        if dans_la_page.search(balisage):
            fautifs.append(relatif)
    assert fautifs == []
