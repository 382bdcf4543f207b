"""Booklets of fiches: joined from parts, tagged, numbered, linked, bounded."""

import re
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from cartographie.models import Fiche
from cartographie.syntheses import livret
from hubpartenariat.socle import tasks
from hubpartenariat.socle.documents import DemandeDocument
from tests.outils.pdfua import defauts
from tests.syntheses.outils import pages_de, semer

pytestmark = pytest.mark.django_db
ADRESSE = "cartographie:livret"


@pytest.fixture
def cinq(monkeypatch):
    """Five fiches, two per part."""
    monkeypatch.setattr(livret, "PAR_PARTIE", 2)
    semer(11, 5)
    return Fiche.objects.publiees().order_by("-publiee_le", "-pk")


def composer(client, suite: str = "") -> bytes:
    reponse = client.post(reverse(ADRESSE) + suite)
    assert reponse.status_code == 302, reponse.content.decode()[-2000:]
    demande = DemandeDocument.objects.get(pk=reponse["Location"].strip("/").split("/")[-1])
    tasks.preparer_gros_document(str(demande.pk))
    reponse = client.get(reverse("documents:telecharger", args=[demande.pk]))
    return b"".join(reponse.streaming_content)


def test_parts_make_one_tagged_document(client, cinq):
    contenu = composer(client)
    assert defauts(contenu) == []
    with pikepdf.open(BytesIO(contenu)) as document:
        with document.open_outline() as plan:
            titres = [un.title for un in plan.root]
        assert titres[0] == "Livret des démarches de partenariat"
        assert len(titres) == 5 + 2  # cover, fiches, colophon
        assert {str(p.MediaBox) for p in document.pages} and "/PageLabels" in document.Root


def test_the_contents_say_the_right_pages_and_lead_to_them(client, cinq, tmp_path):
    contenu = composer(client)
    pages = pages_de(contenu, tmp_path)
    with pikepdf.open(BytesIO(contenu)) as document:
        numeros = {page.obj.objgen: n for n, page in enumerate(document.pages)}
        cibles = []
        for page in document.pages:
            for annotation in page.obj.get("/Annots", []):
                assert "saut:" not in str(annotation.get("/A", {}).get("/URI", ""))
                if "/Dest" in annotation:
                    cible = numeros[annotation.Dest[0].objgen]
                    if cible not in cibles:
                        cibles.append(cible)
    liminaires = next(n for n, page in enumerate(pages) if "Fiche de la cartographie" in page)
    assert len(cibles) == 6
    for fiche, cible in zip(cinq, cibles, strict=False):
        mots = " ".join(pages[cible].split())
        assert fiche.titre[:40] in mots
        imprime = re.search(r"· empreinte \w+\s+(\d+)", pages[cible])
        assert int(imprime[1]) == cible - liminaires + 1
        assert f"{cible - liminaires + 1}" in pages[1]


def test_only_the_fiches_of_the_list(client, tmp_path):
    semer(12, 12)
    une = Fiche.objects.publiees().exclude(type_structure="hopital").first()
    lu = "".join(pages_de(composer(client, f"?type_structure={une.type_structure}"), tmp_path))
    for fiche in Fiche.objects.publiees():
        adresse = reverse("cartographie:fiche", args=[fiche.slug])
        assert (adresse in lu.replace("\n", "")) == (fiche.type_structure == une.type_structure)


def test_a_fiche_withdrawn_meanwhile_is_left_out(client, cinq, tmp_path):
    retiree = cinq[0]
    reponse = client.post(reverse(ADRESSE))
    Fiche.objects.filter(pk=retiree.pk).update(etat="archivee", motif="Partie.")
    demande = DemandeDocument.objects.get(pk=reponse["Location"].strip("/").split("/")[-1])
    tasks.preparer_gros_document(str(demande.pk))
    demande.refresh_from_db()
    lu = "".join(pages_de(demande.chemin.read_bytes(), tmp_path)).replace("\n", "")
    assert reverse("cartographie:fiche", args=[retiree.slug]) not in lu


def test_too_many_are_refused_in_words(client, client_de, personne, cinq, monkeypatch):
    monkeypatch.setattr(livret, "FICHES_MAX_VISITEUR", 4)
    reponse = client.post(reverse(ADRESSE))
    assert reponse.status_code == 400
    assert "connectez-vous" in reponse.content.decode()
    assert client_de(personne("m@exemple.fr")).post(reverse(ADRESSE)).status_code == 302
    monkeypatch.setattr(livret, "FICHES_MAX", 3)
    reponse = client_de(personne("n@exemple.fr")).post(reverse(ADRESSE))
    assert "Ajoutez un filtre" in reponse.content.decode()


@pytest.mark.parametrize("suite", ["?departement=2A", "?q=rien-de-tel-nulle-part", "?page=zz"])
def test_what_means_nothing_is_refused(client, cinq, suite):
    assert client.post(reverse(ADRESSE) + suite).status_code == 400
    assert not DemandeDocument.objects.exists()


def test_the_list_offers_it_with_its_number(client, cinq):
    page = client.get(reverse("cartographie:liste")).content.decode()
    assert "Ces 5 fiches en livret (PDF)" in page


def test_the_date_is_that_of_the_data(client, cinq):
    client.post(reverse(ADRESSE))
    dernier = max(Fiche.objects.values_list("modifiee_le", flat=True))
    donnees = DemandeDocument.objects.get().donnees
    assert donnees["date"] == timezone.localtime(dernier).isoformat()
