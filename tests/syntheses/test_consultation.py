"""The synthesis of the consultation: the published version and nothing else."""

import pytest
from django.urls import reverse

from consultation import demo, publication
from consultation.models import Consultation, VersionDeResultats
from consultation.rapports import lecture
from consultation.regles import Regles
from consultation.restitution import charger_2025
from hubpartenariat.socle.rapports import Portee
from hubpartenariat.syntheses.management.commands.synthese import rendre
from tests.consultation.outils import les_21
from tests.outils.pdfua import defauts
from tests.syntheses.outils import a_plat, aujourd_hui, ecrites, pages_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def en_2025():
    charger_2025()
    return VersionDeResultats.objects.get(consultation__slug="consultation-2025")


def blocs_de(json: dict) -> dict:
    return {b["cle"]: b for c in json["chapitres"] for b in c["blocs"] if "cle" in b}


def test_figures_are_those_of_the_version(client, en_2025, tmp_path):
    json = client.get(reverse("syntheses:rapport_chiffres", args=["consultation"])).json()
    blocs = blocs_de(json)
    publiee = en_2025.contenu["questions"]["P1"]["pertinence"]
    part = publiee["modalites"]["oui_tout_a_fait"]
    [ligne] = [x for x in blocs["annexe-pertinence"]["lignes"] if x[0].startswith("P1 Oui, tout")]
    assert ligne[1:] == [part["effectif_deduit"], publiee["base_deduite"], "73,1"]
    assert [une["cases"][0]["valeur"] for une in blocs["priorites"]["lignes"]] == [28, 27, 27, 24]
    contenu, _ = rendre("rapport_consultation", aujourd_hui())
    assert defauts(contenu) == []
    lu = a_plat("".join(pages_de(contenu, tmp_path)))
    for bloc in blocs.values():
        for ligne in ecrites(bloc):
            assert ligne in lu, (bloc["cle"], ligne)


def test_a_version_published_later_is_not_read_before(en_2025):
    assert lecture(Portee.lire({"au": "2025-12-15"})) is None
    assert lecture(Portee.lire({"au": "2025-12-16"})) is not None
    assert lecture(Portee.lire({"au": "2025-12-16", "territoire": "75"})) is None


def test_nothing_published_makes_an_empty_report_that_is_never_an_edition(client):
    VersionDeResultats.objects.all().delete()
    reponse = client.get(reverse("syntheses:rapport", args=["consultation"]))
    assert reponse.status_code == 200
    assert defauts(rendre("rapport_consultation", aujourd_hui())[0]) == []


def test_the_yearly_report_says_the_same(en_2025, client_de, personne):
    ars = client_de(personne("ars@exemple.fr", "relecteur_ars"), mfa=True)
    deux = [
        blocs_de(ars.get(reverse("syntheses:rapport_chiffres", args=[code])).json())
        for code in ("consultation", "etat-annuel")
    ]
    for cle in ("consultation-en-bref", "priorites", "theme-1"):
        assert deux[0][cle] == deux[1][cle]


@pytest.fixture
def comptee():
    """Counted on the hub and published: the 78 invented people."""
    consultation = les_21()
    demo.remplir(consultation, demo.repondants_de_2025())
    consultation.fermer()
    publication.publier(consultation)
    return consultation


def test_a_counted_version_names_every_college_and_says_the_same_on_paper(
    client, comptee, tmp_path
):
    json = client.get(reverse("syntheses:rapport_chiffres", args=["consultation"])).json()
    blocs = blocs_de(json)
    attendus = [*comptee.colleges.values_list("libelle", flat=True), "Non précisé"]
    assert [ligne["libelle"] for ligne in blocs["colleges"]["lignes"]] == attendus
    lu = a_plat("".join(pages_de(rendre("rapport_consultation", aujourd_hui())[0], tmp_path)))
    for bloc in blocs.values():
        for ligne in ecrites(bloc):
            assert ligne in lu, (bloc["cle"], ligne)


def test_what_agrees_and_who_said_nothing_are_those_of_the_page(client, comptee):
    """Labels, ranks with their intervals, and those who gave no opinion: as on the results."""
    blocs = blocs_de(
        client.get(reverse("syntheses:rapport_chiffres", args=["consultation"])).json()
    )
    ici = reverse("consultation:resultats", args=[comptee.slug])
    propositions = client.get(f"{ici[:-1]}.json").json()["propositions"]
    codes = [e.code for e in comptee.echelles.order_by("ordre")]
    accords = {ligne[0].split()[0]: ligne[1:] for ligne in blocs["accords-par-echelle"]["lignes"]}
    rangs = {ligne[0].split()[0]: ligne[1:] for ligne in blocs["rangs-du-vote"]["lignes"]}
    for une in propositions:
        dits = [une["criteres"][code]["accord"] for code in codes]
        assert accords[une["code"]] == dits
        vote = une["priorite_top3"]
        assert rangs[une["code"]][0] == vote["voix"]
        for code in codes:
            [ligne] = [x for x in blocs[f"annexe-{code}-bases"]["lignes"] if x[0] == une["code"]]
            critere = une["criteres"][code]
            assert ligne[1:] == [critere["exprimes"], critere["nsp"], critere["sans_reponse"]]
    page = client.get(reverse("syntheses:rapport", args=["consultation"])).content.decode()
    assert "Les règles, fixées avant l’ouverture" in page
    assert Regles.de(comptee.regles).phrases()[0][:30] in page.replace("\xa0", " ")


def test_no_report_quotes_an_invented_consultation(comptee):
    jour = Portee.lire({"au": "2099-01-01"})
    assert lecture(jour).version.consultation == comptee
    Consultation.objects.filter(pk=comptee.pk).update(exemple=True)
    assert lecture(jour).version.consultation.slug == "consultation-2025"


def test_a_vote_has_one_base_on_the_page_in_the_json_and_in_the_report(client):
    """Five people name no priority: shares stay those of everybody who answered."""
    Consultation.objects.all().delete()
    consultation, gens = les_21(), demo.repondants_de_2025()
    sans = [une | {"priorites": []} for une in gens[:5]]
    demo.remplir(consultation, [*sans, *gens[5:]])
    consultation.fermer()
    publication.publier(consultation)
    ici = reverse("consultation:resultats", args=[consultation.slug])
    page = client.get(ici).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert "73 personnes ont désigné" in page and "Part des 78 personnes" in page
    json = client.get(f"{ici[:-1]}.json").json()
    votes = {p["code"]: p["priorite_top3"] for p in json["propositions"]}
    rapport = client.get(reverse("syntheses:rapport_chiffres", args=["consultation"])).json()
    lues = 0
    for ligne in blocs_de(rapport)["priorites"]["lignes"]:
        vote = votes[ligne["libelle"].split()[0]]
        part = f"{vote['pourcentage']:.1f}"
        assert (vote["voix"], part) == (ligne["cases"][0]["valeur"], ligne["cases"][0]["part"])
        assert f">{part.replace('.', ',')} %</td>" in page
        lues += 1
    assert lues == 5
