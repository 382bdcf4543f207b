"""The CSV and the JSON beside the page hold the figures of the page, all of them."""

import csv
import re
from html import unescape
from io import StringIO

import pytest
from django.core.cache import cache

from consultation import demo, publication
from consultation.restitution import charger_2025
from tests.consultation.outils import les_21

pytestmark = pytest.mark.django_db


@pytest.fixture
def publiee():
    """78 people, three of whom name no priority."""
    cache.clear()
    consultation = les_21()
    gens = demo.repondants_de_2025()
    for une in gens[:3]:
        une["priorites"] = []
    demo.remplir(consultation, gens)
    consultation.fermer()
    publication.publier(consultation)
    return consultation


def lire(client, slug) -> tuple[dict, list[dict]]:
    """The two files: the JSON, and the lines of the CSV."""
    base = f"/consultations/{slug}/resultats"
    texte = client.get(f"{base}.csv").content.decode("utf-8-sig")
    return client.get(f"{base}.json").json(), list(csv.DictReader(StringIO(texte), delimiter=";"))


def cases(html: str) -> list[list[str]]:
    """The rows of every table, as words."""
    lignes = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    bruts = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", ligne, re.S) for ligne in lignes]
    return [[mots(case) for case in ligne] for ligne in bruts]


def mots(html: str) -> str:
    nu = re.sub(r"<[^>]+>", " ", unescape(html)).replace("\u2019", "'")
    return re.sub(r"\s+", " ", nu.replace("\u202f", " ").replace("\u00a0", " ")).strip()


def virgule(valeur, decimales: int) -> str:
    return f"{valeur:.{decimales}f}".replace(".", ",")


def indicateurs(texte: str):
    """(consensus, agreement of the collèges or None) printed for each scale, in order."""
    for dit in texte.split("unanimité) : ")[1:]:
        accord = re.search(r"\(S \+ 2\) : ([\d,]+)\.", dit)
        yield un_nombre(dit.split(".")[0]), accord and un_nombre(accord[1])


def un_nombre(ecrit: str) -> float:
    return float(ecrit.replace(",", "."))


def test_the_vote_is_in_both_files_with_ranks_intervals_and_ties(client, publiee):
    donnees, lignes = lire(client, "les-21")
    assert donnees["votants"] == 75
    table = {x["proposition"]: x for x in lignes if x["echelle"] == "priorites"}
    votes = {p["code"]: p["priorite_top3"] for p in donnees["propositions"]}
    assert set(table) == set(votes) and len(votes) == 21
    for code, vote in votes.items():
        ligne = table[code]
        assert ligne["reponse"] == "voix" and ligne["exprimes"] == "78"
        assert int(ligne["effectif"]) == vote["voix"]
        assert ligne["pourcentage"] == virgule(vote["pourcentage"], 1)
        assert int(ligne["rang"]) == vote["rang"]
        assert (int(ligne["rang_bas"]), int(ligne["rang_haut"])) == (vote["bas"], vote["haut"])
        assert vote["bas"] <= vote["rang"] <= vote["haut"]
        assert (ligne["ex_aequo"] == "oui") is vote["ex_aequo"]
        memes = [c for c, v in votes.items() if v["voix"] == vote["voix"]]
        assert vote["ex_aequo"] is (len(memes) > 1)
    assert any(v["ex_aequo"] for v in votes.values())


def test_the_ranks_of_the_files_are_those_of_the_chart(client, publiee):
    votes = {p["code"]: p["priorite_top3"] for p in lire(client, "les-21")[0]["propositions"]}
    page = client.get("/consultations/les-21/resultats/").content.decode()
    table = page[page.index("Rangs possibles") :]  # the rows under these headings
    vues = 0
    for nom, voix, _, rang, possibles, _ in (x for x in cases(table) if len(x) == 6):
        if nom == "Proposition":  # the headings of the next table
            break
        vote = votes[nom.split()[0]]
        assert int(voix) == vote["voix"]
        assert rang == f"{vote['rang']}{' ex æquo' if vote['ex_aequo'] else ''}"
        seul = vote["bas"] == vote["haut"]
        assert possibles == (str(vote["bas"]) if seul else f"{vote['bas']} à {vote['haut']}")
        vues += 1
    assert vues >= 9


def test_medians_intervals_and_agreements_of_the_page_are_in_both_files(client, publiee):
    donnees, lignes = lire(client, "les-21")
    table = {(x["proposition"], x["echelle"], x["reponse"]): x for x in lignes if not x["variable"]}
    accords = set()
    for proposition in donnees["propositions"]:
        code = proposition["code"]
        page = client.get(f"/consultations/les-21/propositions/{code}/").content.decode()
        texte, rangees = mots(page), cases(page)
        imprimes = indicateurs(texte)
        for nom, critere in proposition["criteres"].items():
            assert f"Réponse médiane {mots(critere['mediane'])}" in texte
            consensus, accord = next(imprimes)
            assert consensus == pytest.approx(critere["consensus"], abs=0.0051)
            assert accord == pytest.approx(critere["accord_des_colleges"], abs=0.00051)
            accords.add(accord is None)
            for modalite, valeur in critere["modalites"].items():
                ligne = table[code, nom, modalite]
                bas, haut = valeur["wilson"]
                assert (ligne["wilson_bas"], ligne["wilson_haut"]) == (
                    virgule(bas, 1), virgule(haut, 1),
                )  # fmt: skip
                assert [
                    str(valeur["effectif"]),
                    f"{virgule(valeur['pourcentage'], 1)} %",
                    f"{virgule(bas, 1)} à {virgule(haut, 1)} %",
                ] in [rangee[1:] for rangee in rangees]
                assert ligne["mediane"] == critere["mediane"]
                assert ligne["accord"] == critere["accord"]
                assert ligne["favorable"] == virgule(critere["favorable"], 1)
                for cle in ("consensus", "accord_des_colleges"):
                    assert (un_nombre(ligne[cle]) if ligne[cle] else None) == critere[cle]
    assert accords == {True, False}, "shown for some questions, hidden for others, in each place"


def test_the_vote_published_in_2025_is_in_its_csv(client):
    version = publication.derniere(charger_2025())
    donnees, lignes = lire(client, "consultation-2025")
    table = {x["proposition"]: x for x in lignes if x["echelle"] == "priorites"}
    votes = {p["code"]: p["priorite_top3"] for p in donnees["propositions"]}
    assert set(table) == {c for c, v in votes.items() if v["pourcentage"] is not None}
    assert set(table) == set(version.contenu["top3"])
    for code, ligne in table.items():
        assert ligne["pourcentage"] == virgule(votes[code]["pourcentage"], 1)
        assert int(ligne["effectif"]) == votes[code]["voix"]
        assert ligne["exprimes"] == "78"
