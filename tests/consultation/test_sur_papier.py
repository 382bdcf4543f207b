"""The letter that invites and the questionnaire to fill by hand, as documents."""

import pytest
from django.test import Client
from django.urls import reverse

from consultation.questionnaires import NSP_LIBELLE, photographier
from hubpartenariat.socle.documents import DemandeDocument
from hubpartenariat.syntheses.management.commands.synthese import rendre
from tests.consultation.outils import les_21
from tests.outils.pdfua import defauts
from tests.socle.test_pdf import oreille  # noqa: F401 — a fixture
from tests.syntheses.outils import a_plat, pages_de
from tests.syntheses.test_hostiles import SECRET, attaques

pytestmark = pytest.mark.django_db
GENRES = ("lettre_invitation", "questionnaire")


def test_the_paper_says_every_word_of_the_screen(tmp_path):
    une = les_21()
    contenu, _ = rendre("questionnaire", {"consultation": une.slug})
    assert defauts(contenu) == []
    lu = a_plat("".join(pages_de(contenu, tmp_path)))
    questions = photographier(une)
    attendus = [p["titre"] for theme in questions["themes"] for p in theme["propositions"]]
    attendus += [m["libelle"] for e in questions["echelles"] for m in e["modalites"]]
    attendus += [c["libelle"] for q in questions["profil"] for c in q["categories"]]
    for mots in (*attendus, NSP_LIBELLE):
        assert a_plat(mots) in lu, mots
    nombre = len([p for theme in questions["themes"] for p in theme["propositions"]])
    assert lu.count(a_plat("Un mot :")) == nombre


def test_the_letter_holds_on_a_page_and_leads_to_where_one_answers(tmp_path):
    une = les_21()
    contenu, pages = rendre("lettre_invitation", {"consultation": une.slug})
    assert (pages, defauts(contenu)) == (1, [])
    lu = a_plat("".join(pages_de(contenu, tmp_path)))
    assert reverse("consultation:entree", args=[une.slug]) in lu


def demander(client, une, genre) -> int:
    adresse = {"lettre_invitation": "lettre_pdf", "questionnaire": "papier_pdf"}[genre]
    return client.post(reverse(f"consultation:{adresse}", args=[une.slug])).status_code


@pytest.mark.parametrize(
    ("etat", "attendus"),
    [("ouverte", (302, 302)), ("close", (404, 302)), ("preparation", (404, 404))],
)
def test_who_may_have_them(etat, attendus):
    une = les_21()
    type(une).objects.filter(pk=une.pk).update(etat=etat)
    statuts = tuple(demander(Client(), une, genre) for genre in GENRES)
    assert statuts == attendus
    assert DemandeDocument.objects.count() == attendus.count(302)


@pytest.mark.parametrize("sorte", ["html", "image", "style", "attachee", "droite_a_gauche"])
def test_nothing_typed_is_fetched_nor_read(sorte, oreille, tmp_path):  # noqa: F811
    adresse, recus = oreille
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    texte = attaques(adresse, secret)[sorte].replace("\x00", "")
    une = les_21()
    type(une).objects.filter(pk=une.pk).update(titre=texte[:160], presentation=texte[:4000])
    une.themes.update(titre=texte[:160])
    une.propositions.update(titre=texte[:120], texte=texte[:300])
    for genre in GENRES:
        contenu, _ = rendre(genre, {"consultation": une.slug})
        assert SECRET.encode() not in contenu
        assert SECRET not in " ".join(pages_de(contenu, tmp_path))
    assert recus == []
