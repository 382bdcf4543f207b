"""Files as Google Forms, Framaforms and LimeSurvey write them, and nothing cut in silence."""

import pytest
from django.core.management import CommandError, call_command

from consultation.models import Remarque, Reponse
from consultation.restitution import repondants_de_2025
from tests.consultation.fichiers_recus import OUTILS, TITRES
from tests.consultation.outils import les_21

pytestmark = pytest.mark.django_db
A_VIRGULE = [code for code, titre in TITRES.items() if ", " in titre]


@pytest.fixture
def importer(tmp_path, capsys):
    def faire(outil: str, gens: list[dict], changer=lambda texte: texte) -> str:
        ecrire, regles = OUTILS[outil]
        (tmp_path / "regles.toml").write_text(regles, encoding="utf-8")
        fichier = ecrire(tmp_path / "recu.csv", gens)
        fichier.write_text(changer(fichier.read_text(encoding="utf-8")), encoding="utf-8")
        chemin = tmp_path / "regles.toml"
        call_command(
            "importer_reponses", str(fichier), consultation="les-21", correspondance=chemin
        )
        return capsys.readouterr().out

    return faire


def dix_personnes() -> list[dict]:
    """With priorities whose titles hold the sign that separates them, and a remark each."""
    gens = repondants_de_2025()[:10]
    assert len(A_VIRGULE) >= 2
    gens[0]["priorites"] = [A_VIRGULE[0], "P1", A_VIRGULE[1]]
    gens[1]["priorites"] = []
    for rang, une in enumerate(gens):
        une["mots"] = f"Une remarque, la {rang}e"
    return gens


def gardees() -> list:
    """What the hub holds of each person, in the words of ``dix_personnes``."""
    return sorted(
        (
            sorted(r.profil.items()),
            sorted(
                (a.proposition.code, a.echelle.code, a.modalite.code if a.modalite else "nsp")
                for a in r.avis.select_related("proposition", "echelle", "modalite")
            ),
            sorted(p.proposition.code for p in r.priorites.all()),
            [m.texte for m in r.remarques.all()],
        )
        for r in Reponse.objects.all()
    )


def dites(gens: list[dict]) -> list:
    return sorted(
        (
            sorted(une["profil"].items()),
            sorted((p, e, dit) for (p, e), dit in une["avis"].items() if dit),
            sorted(une["priorites"]),
            [une["mots"]],
        )
        for une in gens
    )


@pytest.mark.parametrize("outil", OUTILS)
def test_what_each_tool_writes_is_read_whole_and_once(importer, outil):
    les_21()
    gens = dix_personnes()
    assert "10 importées." in importer(outil, gens)
    assert gardees() == dites(gens)
    assert "10 déjà là." in importer(outil, gens)
    assert Reponse.objects.count() == 10


@pytest.mark.parametrize("outil", OUTILS)
def test_a_remark_too_long_is_refused_and_said_never_cut(importer, outil, capsys):
    les_21()
    gens = dix_personnes()[:2]
    gens[0]["mots"], gens[1]["mots"] = "a" * 2001, "b" * 2000
    with pytest.raises(CommandError, match="Corrigez"):
        importer(outil, gens)
    numero = 4 if outil == "Framaforms" else 2
    dite = f"ligne {numero} : refusée : remarque, ensemble : 2001 signes, 2000 au plus"
    assert dite in capsys.readouterr().out
    assert [m.texte for m in Remarque.objects.all()] == ["b" * 2000]


def test_a_box_neither_ticked_nor_not_is_refused(importer, capsys):
    les_21()
    with pytest.raises(CommandError):
        importer("LimeSurvey", dix_personnes()[2:3], lambda t: t.replace('"Y"', '"peut-être"', 1))
    assert "« peut-être » n’est ni oui ni non" in capsys.readouterr().out
    assert not Reponse.objects.exists()


def test_words_that_are_no_title_are_refused_between_known_ones(importer, capsys):
    les_21()
    gens = dix_personnes()[:1]
    titre = TITRES["P1"]
    with pytest.raises(CommandError):
        importer("Google Forms", gens, lambda t: t.replace(f", {titre}, ", ", Autre chose, "))
    assert "priorités : « Autre chose » n’est pas une proposition" in capsys.readouterr().out


def test_several_header_rows_not_announced_are_explained(importer, monkeypatch):
    les_21()
    ecrire, regles = OUTILS["Framaforms"]
    monkeypatch.setitem(OUTILS, "Framaforms", (ecrire, regles.replace("entete = 3", "")))
    with pytest.raises(CommandError, match="dites combien : entete"):
        importer("Framaforms", dix_personnes()[:1])
