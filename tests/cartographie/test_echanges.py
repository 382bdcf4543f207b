"""Fiches out to a spreadsheet and back: nothing is executed, nothing doubled, errors in French."""

import csv
import io

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile

from cartographie.echanges import FicheResource
from cartographie.models import Fiche
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.echanges import neutraliser, restituer

pytestmark = pytest.mark.django_db
LISTE = "/administration/cartographie/fiche/"
LIGNE = {
    "titre": "Binômes en diabétologie",
    "resume": "Un patient et une infirmière reçoivent ensemble.",
    "type_structure": "Hôpital / établissement de santé",
    "structure_nom": "Hôpital des Acacias",
    "departements": "75 | 93 – Seine-Saint-Denis",
    "commune": "Saint-Denis",
    "themes": "Diabète | Obésité",
    "avancement": "En cours",
    "nb_patients": "3",
    "acteurs": "patients_partenaires",
    "domaines": "parcours",
    "formes": "binomes",
    "degre": "Partenariat (co-décision, co-conduite, co-évaluation)",
    "recrutements": "patientele",
    "statuts": "benevolat",
    "cadres": "Charte",
    "leviers": "vecu",
    "check_list": "1 = Oui | 2 = en_cours",
    "liens": "Le bilan https://exemple.fr/bilan",
}


@pytest.fixture
def admin(personne, client_de):
    return client_de(personne("ada@exemple.fr", "administrateur", nom="Ada"), mfa=True)


def fichier(*lignes, separateur=",") -> SimpleUploadedFile:
    sortie = io.StringIO()
    colonnes = list(dict.fromkeys(cle for ligne in lignes for cle in ligne))
    ecrivain = csv.DictWriter(sortie, colonnes, delimiter=separateur)
    ecrivain.writeheader()
    ecrivain.writerows(lignes)
    return SimpleUploadedFile("fiches.csv", sortie.getvalue().encode("utf-8-sig"))


def importer(client, envoi, arrivee="brouillon", genre="0"):
    """The two pages of an import: dry run, then confirmation if it is offered."""
    donnees = {"import_file": envoi, "format": genre, "resource": "0", "arrivee": arrivee}
    essai = client.post(f"{LISTE}import/", donnees)
    avant = Fiche.objects.count()
    confirmation = essai.context and essai.context.get("confirm_form")
    if not confirmation:
        return essai.content.decode()
    assert "Binômes" in essai.content.decode()
    assert Fiche.objects.count() == avant, "the dry run writes nothing"
    reponse = client.post(f"{LISTE}process_import/", confirmation.initial, follow=True)
    return reponse.content.decode()


@pytest.mark.parametrize("separateur", [",", ";"])
def test_a_file_of_labels_and_codes_becomes_a_draft(separateur, admin):
    importer(admin, fichier(LIGNE, separateur=separateur))
    fiche = Fiche.objects.get()
    assert (fiche.etat, fiche.type_structure, fiche.degre) == (
        "brouillon",
        "hopital",
        "partenariat",
    )
    assert fiche.departements == ["75", "93"]
    assert fiche.commune.nom == "Saint-Denis"
    assert fiche.themes == ["Diabète", "Obésité"]
    assert fiche.check_list == {"1": "oui", "2": "en_cours"}
    assert fiche.nb_patients == 3
    assert [(lien.titre, lien.url) for lien in fiche.liens.all()] == [
        ("Le bilan", "https://exemple.fr/bilan")
    ]
    assert fiche.contact_visibilite == "moderation"


def test_importing_twice_changes_nothing(admin):
    for _ in range(2):
        importer(admin, fichier(LIGNE))
    assert Fiche.objects.count() == 1
    importer(admin, fichier(LIGNE | {"resume": "Précisé."}))
    assert Fiche.objects.get().resume == "Précisé."


def test_an_administrator_may_publish_at_once(admin):
    importer(admin, fichier(LIGNE), "publiee")
    fiche = Fiche.objects.get()
    assert (fiche.etat, fiche.slug) == ("publiee", "binomes-en-diabetologie")
    importer(admin, fichier(LIGNE), "publiee")
    assert Fiche.objects.count() == 1
    assert Courriel.objects.count() == 0


def test_what_is_published_does_not_change_by_an_import(admin):
    importer(admin, fichier(LIGNE), "publiee")
    html = importer(admin, fichier(LIGNE | {"resume": "Réécrit."}))
    assert "ne se modifie pas" in html
    assert Fiche.objects.get().resume == LIGNE["resume"]


def test_an_incomplete_fiche_is_not_published_and_says_what_it_lacks(admin):
    html = importer(admin, fichier(LIGNE | {"degre": ""}), "publiee")
    assert "Choisissez le degré d’engagement" in html
    assert Fiche.objects.count() == 0


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("type_structure", "Clinique vétérinaire", "n’est pas une des réponses"),
        ("departements", "75 | 2A", "« 2A »"),
        ("cadres", "Charte | Aucun", "Gardez l’un ou l’autre"),
        ("commune", "Marseille", "Île-de-France"),
        ("nb_patients", "beaucoup", "nombre entier"),
        ("annee_debut", "1492", "1950"),
        ("page_web", "javascript:alert(1)", "https://"),
        ("check_list", "11 = Oui", "1 = Oui"),
        ("titre", "x" * 161, "160"),
        ("titre", "", "Il manque le titre"),
        ("auteurs", "inconnue@exemple.fr", "Aucun compte"),
        ("identifiant", "abc", "identifiant"),
        ("couleur", "bleu", "Colonnes inconnues"),
    ],
)
def test_errors_are_in_french_by_row_and_nothing_is_written(champ, valeur, phrase, admin):
    html = importer(admin, fichier(LIGNE, LIGNE | {"titre": "Binômes bis", champ: valeur}))
    assert phrase in html.replace("&#x27;", "’").replace("\u202f", " ").replace("\xa0", " ")
    assert "Traceback" not in html
    assert Fiche.objects.count() == 0
    if champ != "couleur":
        assert "<td>3</td>" in html, "the number of the row in the spreadsheet"


@pytest.mark.parametrize(
    "contenu", [b"", b"\xff\xfe\x00", b"PK\x03\x04rien", b"a,b\n1", b"titre\n\x00\n", b'"' * 5000]
)
@pytest.mark.parametrize("genre", ["0", "1"])
def test_a_file_that_is_no_table_is_refused_politely(contenu, genre, admin):
    envoi = SimpleUploadedFile("fiches.bin", contenu)
    donnees = {"import_file": envoi, "format": genre, "resource": "0", "arrivee": "brouillon"}
    assert admin.post(f"{LISTE}import/", donnees).status_code == 200
    assert Fiche.objects.count() == 0


@pytest.mark.parametrize("nom", ["", "..", "/etc/passwd", "0" * 32, "\x00"])
@pytest.mark.parametrize("genre", ["0", "7", "x"])
def test_a_confirmation_without_its_file_is_refused(nom, genre, admin):
    donnees = {"import_file_name": nom, "original_file_name": "f.csv", "format": genre}
    reponse = admin.post(f"{LISTE}process_import/", donnees | {"arrivee": "publiee"})
    assert reponse.status_code == 200
    assert Fiche.objects.count() == 0


def test_only_administrators_import(marc, client_de):
    client = client_de(marc, mfa=True)
    assert client.get(f"{LISTE}import/").status_code == 403
    assert client.post(f"{LISTE}process_import/", {}).status_code == 403
    assert client.get(f"{LISTE}export/").status_code == 200


# --- Export ------------------------------------------------------------------------------
def exporter(client, genre="0") -> bytes:
    return client.post(f"{LISTE}export/?etat=toutes", {"format": genre, "resource": "0"}).content


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t=", "  ="])
def test_no_cell_starts_a_formula(debut, fiche, admin):
    fiche("soumise", titre=f"{debut}HYPERLINK(A1)", themes=["-1+1"], contact_telephone="+33 1")
    texte = exporter(admin).decode("utf-8-sig")
    ligne = next(csv.DictReader(io.StringIO(texte)))
    for valeur in ligne.values():
        assert not valeur.lstrip().startswith(("=", "+", "-", "@")), valeur
    classeur = tablib.Dataset().load(exporter(admin, "1"), format="xlsx")
    assert not any(str(v).lstrip().startswith(("=", "+", "-", "@")) for v in classeur[0])


@pytest.mark.parametrize("texte", ["=1", "+33 1 23", "-1", "@x", "'=déjà", "l’eau", "", "' seul"])
def test_a_neutralised_cell_comes_back_as_it_was(texte):
    assert restituer(neutraliser(texte)) in (texte, texte.removeprefix("'"))


@pytest.mark.parametrize("genre", ["0", "1"])
def test_an_export_comes_back_without_change(genre, fiche, admin):
    une = fiche("soumise", themes=["Diabète"], check_list={"1": "oui"}, contact_telephone="+33 1")
    une.liens.create(titre="Bilan", url="https://exemple.fr/b")
    avant = Fiche.objects.values().get()
    extension = ["csv", "xlsx"][int(genre)]
    contenu = exporter(admin, genre)
    if extension == "csv":
        donnees = tablib.Dataset().load(contenu.decode("utf-8-sig"), format="csv")
    else:
        donnees = tablib.Dataset().load(contenu, format="xlsx")
    resultat = FicheResource().import_data(donnees, dry_run=False)
    assert not resultat.has_errors(), [e.error for _, es in resultat.row_errors() for e in es]
    assert not resultat.has_validation_errors(), [r.error for r in resultat.invalid_rows]
    assert resultat.totals["skip"] == 1
    assert Fiche.objects.values().get() == avant


def test_an_export_holds_no_draft_of_others(fiche, admin):
    fiche(titre="Mon brouillon")
    assert "Mon brouillon" not in exporter(admin).decode()
