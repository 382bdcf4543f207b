"""The PDF of a fiche: everything said, nothing leaked, whatever was typed in its fields."""

import subprocess
import time
from io import BytesIO

import pikepdf
import pytest
from django.db import models
from django.urls import reverse

from cartographie.models import Fiche
from hubpartenariat.socle import tasks
from hubpartenariat.socle.documents import GENRES, DemandeDocument, EtatDocument
from hubpartenariat.socle.vocabulaires import CHECK_LIST_HAS
from tests.outils.pdfua import defauts
from tests.socle.test_pdf import oreille  # noqa: F401 — a fixture

RICHE = {
    "public": "Personnes greffées",
    "annee_debut": 2021,
    "nb_patients": 1200,
    "pilotage": "Un comité de huit personnes.",
    "leviers": ["direction"],
    "leviers_texte": "Du temps libéré.",
    "check_list": {"1": "oui", "2": "en_cours", "3": "non"},
    "contact_nom": "Claire Exemple",
    "contact_courriel": "contact@exemple.fr",
}


def telecharger(client, adresse: str) -> bytes:
    """Ask, let a worker do it, download: what a person does."""
    suivi = client.post(adresse)["Location"]
    demande = DemandeDocument.objects.get(pk=suivi.strip("/").split("/")[-1])
    tasks.preparer_document(str(demande.pk))
    demande.refresh_from_db()
    assert demande.etat == EtatDocument.PRET, demande.erreur
    reponse = client.get(reverse("documents:telecharger", args=[demande.pk]))
    return b"".join(reponse.streaming_content)


def texte_de(contenu: bytes, dossier) -> str:
    """Words as a tool that is not ours reads them, spaces made equal."""
    fichier = dossier / "lu.pdf"
    fichier.write_bytes(contenu)
    lu = subprocess.run(["pdftotext", "-raw", fichier, "-"], capture_output=True, text=True)
    return " ".join(lu.stdout.split())


def test_a_visitor_reads_everything_that_is_public(client, fiche, tmp_path):
    une = fiche("publiee", **RICHE)
    contenu = telecharger(client, reverse("cartographie:fiche_pdf", args=[une.slug]))
    lu = texte_de(contenu, tmp_path)
    for attendu in [
        *["Café des pairs en néphrologie", "Hôpital des Tilleuls", "94 – Val-de-Marne"],
        *["Personnes greffées", "2021", "1 200", "Un comité de huit personnes.", "Du temps libéré"],
        *["Patients partenaires", "Soignants (médicaux, paramédicaux)", "Pair-aidance"],
        *["Collaboration (participation)", "Soutien de la direction", "Outils et méthodes"],
        *CHECK_LIST_HAS.values(),
        *["1 critère sur 10 est rempli", "En cours", "Sans réponse", "1 / "],
        reverse("cartographie:fiche", args=[une.slug]),
    ]:
        assert attendu in lu, attendu
    assert "Financement" not in lu  # an empty field says nothing
    assert defauts(contenu) == []


@pytest.mark.parametrize("visibilite", ["moderation", "membres", "publique"])
def test_the_contact_only_when_public(client, fiche, tmp_path, visibilite):
    une = fiche("publiee", **RICHE, contact_visibilite=visibilite)
    contenu = telecharger(client, reverse("cartographie:fiche_pdf", args=[une.slug]))
    assert ("contact@exemple.fr" in texte_de(contenu, tmp_path)) == (visibilite == "publique")
    assert (b"contact@exemple.fr" in contenu) is False


def test_a_draft_is_for_its_authors_until_it_is_sent(
    client, fiche, claire, marc, personne, tmp_path
):
    une = fiche("brouillon")
    adresse = reverse("cartographie:travail_pdf", args=[une.uuid])
    assert client.post(adresse).status_code == 302  # to the sign-in page
    client.force_login(personne("autre@exemple.fr"))
    assert client.post(adresse).status_code == 404
    assert not DemandeDocument.objects.exists()
    client.force_login(claire)
    assert "Brouillon" in texte_de(telecharger(client, adresse), tmp_path)
    demande = DemandeDocument.objects.get()
    assert not GENRES["fiche"].autorise(marc, demande.parametres)
    une.soumettre(claire)
    assert GENRES["fiche"].autorise(marc, demande.parametres)
    client.logout()
    assert client.get(reverse("documents:suivi", args=[demande.pk])).status_code == 404


def test_an_unpublished_fiche_has_no_public_pdf(client, fiche):
    for etat in ("brouillon", "soumise"):
        une = fiche(etat)
        Fiche.objects.filter(pk=une.pk).update(slug=f"pas-publiee-{etat}")
        adresse = reverse("cartographie:fiche_pdf", args=[f"pas-publiee-{etat}"])
        assert client.post(adresse).status_code == 404
    assert client.post(reverse("cartographie:fiche_pdf", args=["inconnue"])).status_code == 404


def test_archiving_withdraws_the_pdf(client, fiche):
    une = fiche("publiee")
    telecharger(client, reverse("cartographie:fiche_pdf", args=[une.slug]))
    demande = DemandeDocument.objects.get()
    Fiche.objects.filter(pk=une.pk).update(etat="archivee", motif="Retirée")
    assert client.get(reverse("documents:telecharger", args=[demande.pk])).status_code == 404


def test_the_same_fiche_gives_the_same_file(client, fiche):
    une = fiche("publiee", **RICHE)
    adresse = reverse("cartographie:fiche_pdf", args=[une.slug])
    premier = telecharger(client, adresse)
    DemandeDocument.objects.get().expirer()
    assert telecharger(client, adresse) == premier
    assert DemandeDocument.objects.count() == 2


def liens_de(contenu: bytes) -> list[str]:
    with pikepdf.open(BytesIO(contenu)) as document:
        notes = [note for page in document.pages for note in page.obj.get("/Annots", [])]
        return [str(note.A.URI) for note in notes if "/A" in note]


def poisons(adresse: str, secret) -> dict[str, str]:
    return {
        "html": f'<img src="file://{secret}"><link rel="attachment" href="file://{secret}">'
        f'<script src="{adresse}/s"></script><style>*{{background:url({adresse}/b)}}</style>',
        "css": f"}} * {{ background: url({adresse}/c) }} @import '{adresse}/i';",
        "long": "Un texte très long. " * 5000,
        "mot": "anticonstitutionnellement" * 4000,
        "sens": "\u202eمرحبا بالعالم \u2066" * 300,
        "emoji": "👩🏽‍⚕️🫀🇫🇷" * 2000,
        "gabarit": "{{ donnees }}{% load pdf %}{# x #}",
        "controle": "\x01\x08\x1f\ufffe" * 500 + "fin",
        "svg": "<svg><use href='#a'/></svg>" * 3000,
        "lignes": "x\n" * 50_000,
    }


def hostile(poison: str, adresse: str) -> dict:
    """Every text field of a fiche filled with ``poison``, as far as PostgreSQL takes it."""
    champs = {}
    for champ in Fiche._meta.concrete_fields:
        if not champ.editable or champ.choices or champ.primary_key:
            continue
        if isinstance(champ, models.TextField):
            champs[champ.name] = poison
        elif isinstance(champ, models.CharField):
            champs[champ.name] = poison[: champ.max_length]
    return champs | {
        "themes": [poison[:60]] * 500,
        "page_web": f"javascript:fetch('{adresse}/j')",
        "contact_courriel": "a@exemple.fr",
        "contact_visibilite": "publique",
        "check_list": {"1": poison, "2": ["x"], "3": {"a": 1}, poison[:50]: "oui", "4": "oui"},
    }


NOMS = ["html", "css", "long", "mot", "sens", "emoji", "gabarit", "controle", "svg", "lignes"]


@pytest.mark.parametrize("nom", NOMS)
def test_hostile_content_harms_nothing(client, fiche, tmp_path, nom, oreille):  # noqa: F811
    """In every field at once: nothing fetched, no file of the server inside, done in time."""
    adresse, recus = oreille
    secret = tmp_path / "secret.txt"
    secret.write_text("CONTENU-SECRET-DU-SERVEUR")
    une = fiche("publiee", leviers=["direction"])
    champs = hostile(poisons(adresse, secret)[nom], adresse)
    Fiche.objects.filter(pk=une.pk).update(**champs)
    une.liens.create(titre="Lien", url=f"file://{secret}")
    une.liens.create(titre=champs["titre"][:160], url=f"{adresse}/lien")
    debut = time.monotonic()
    contenu = telecharger(client, reverse("cartographie:fiche_pdf", args=[une.slug]))
    duree = time.monotonic() - debut
    assert duree < 60
    assert recus == []
    lu = texte_de(contenu, tmp_path)
    assert "CONTENU-SECRET" not in lu
    assert "Soutien de la direction" in lu  # the rest of the document is still there
    assert defauts(contenu) == []
    assert all(lien.startswith(("http://", "https://")) for lien in liens_de(contenu))
    print(nom, f"{duree:.1f} s", len(contenu))  # noqa: T201 — figures for who runs with -s
