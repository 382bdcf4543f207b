"""Structures out to a spreadsheet and back: dry run, errors in French, safe to run twice."""

import csv
import io

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile

from annuaire.echanges import StructureResource
from annuaire.models import Structure
from hubpartenariat.comptes.roles import charger_roles
from tests.annuaire.outils_structures import structure

pytestmark = pytest.mark.django_db
LISTE = "/administration/annuaire/structure/"
LIGNE = {
    "nom": "Maison de santé des Tilleuls",
    "type_structure": "Structure d’exercice coordonné (CPTS, MSP, CMS)",
    "departements": "75 | 93 – Seine-Saint-Denis",
    "commune": "Saint-Denis",
    "partenariat": "Un café des pairs chaque mois.",
    "domaines": "parcours",
    "formes": "pair_aidance",
    "domaines_courriel": "msp-tilleuls.fr",
}


@pytest.fixture
def admin(personne, client_de):
    charger_roles()
    return client_de(personne("ada@exemple.fr", "administrateur", nom="Ada"), mfa=True)


def fichier(*lignes) -> SimpleUploadedFile:
    sortie = io.StringIO()
    ecrivain = csv.DictWriter(sortie, list(dict.fromkeys(c for li in lignes for c in li)))
    ecrivain.writeheader()
    ecrivain.writerows(lignes)
    return SimpleUploadedFile("structures.csv", sortie.getvalue().encode("utf-8-sig"))


def importer(client, envoi, arrivee="proposee"):
    donnees = {"import_file": envoi, "format": "0", "resource": "0", "arrivee": arrivee}
    essai = client.post(f"{LISTE}import/", donnees)
    avant = Structure.objects.count()
    confirmation = essai.context and essai.context.get("confirm_form")
    if not confirmation:
        return essai.content.decode()
    assert "Tilleuls" in essai.content.decode()
    assert Structure.objects.count() == avant, "the dry run writes nothing"
    reponse = client.post(f"{LISTE}process_import/", confirmation.initial, follow=True)
    return reponse.content.decode()


def test_a_row_becomes_a_proposal_once(admin):
    for _ in range(2):
        importer(admin, fichier(LIGNE))
    une = Structure.objects.get()
    assert (une.etat, une.slug) == ("proposee", "maison-de-sante-des-tilleuls")
    assert (une.type_structure, une.departements) == ("exercice_coordonne", ["75", "93"])
    assert (une.commune.nom, une.domaines_courriel) == ("Saint-Denis", ["msp-tilleuls.fr"])
    assert une.proposee_par.nom == "Ada"
    importer(admin, fichier(LIGNE | {"partenariat": "Précisé."}))
    assert Structure.objects.get().partenariat == "Précisé."


def test_published_at_once_and_not_changed_after(admin):
    importer(admin, fichier(LIGNE), "publiee")
    assert Structure.objects.get().etat == "publiee"
    importer(admin, fichier(LIGNE), "publiee")
    html = importer(admin, fichier(LIGNE | {"partenariat": "Réécrit."}))
    assert "ne se modifie pas" in html
    assert Structure.objects.get().partenariat == LIGNE["partenariat"]


def test_two_of_the_same_name_get_two_addresses(admin):
    importer(admin, fichier(LIGNE, LIGNE | {"type_structure": "association"}))
    assert sorted(Structure.objects.values_list("slug", flat=True)) == [
        "maison-de-sante-des-tilleuls",
        "maison-de-sante-des-tilleuls-2",
    ]


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("type_structure", "Clinique vétérinaire", "n’est pas une des réponses"),
        ("type_structure", "", "Choisissez le type"),
        ("departements", "", "au moins un territoire"),
        ("departements", "75 | 2A", "« 2A »"),
        ("commune", "Marseille", "Île-de-France"),
        ("page_web", "javascript:alert(1)", "https://"),
        ("domaines_courriel", "gmail.com", "beaucoup de monde"),
        ("nom", "x" * 161, "160"),
        ("nom", "", "Donnez le nom"),
        ("identifiant", "abc", "identifiant"),
        ("couleur", "bleu", "Colonnes inconnues"),
    ],
)
def test_errors_are_in_french_and_nothing_is_written(champ, valeur, phrase, admin):
    html = importer(admin, fichier(LIGNE, LIGNE | {"nom": "Tilleuls bis", champ: valeur}))
    assert phrase in html.replace("&#x27;", "’").replace("\u202f", " ").replace("\xa0", " ")
    assert Structure.objects.count() == 0


def test_an_export_comes_back_without_change(admin):
    structure(nom="=SOMME(A1)", domaines_courriel=["aulnes.fr"], groupe="-1")
    avant = Structure.objects.values().get()
    donnees = {"format": "0", "resource": "0"}
    contenu = admin.post(f"{LISTE}export/?etat=toutes", donnees).content.decode("utf-8-sig")
    [ligne] = csv.DictReader(io.StringIO(contenu))
    assert not any(str(v).lstrip().startswith(("=", "+", "-", "@")) for v in ligne.values())
    table = tablib.Dataset().load(contenu, format="csv")
    resultat = StructureResource().import_data(table, dry_run=False)
    assert not resultat.has_errors(), [e.error for _, es in resultat.row_errors() for e in es]
    assert not resultat.has_validation_errors(), [r.error for r in resultat.invalid_rows]
    assert resultat.totals["skip"] == 1
    assert Structure.objects.values().get() == avant


def test_only_administrators_import(personne, client_de):
    charger_roles()
    client = client_de(personne("marc@exemple.fr", "moderateur"), mfa=True)
    assert client.get(f"{LISTE}import/").status_code == 403
    assert client.get(f"{LISTE}export/").status_code == 200
