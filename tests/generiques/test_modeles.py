"""Rules of every model, admin, template and static file of the hub, applied to all of them."""

import re
from pathlib import Path

import allauth
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import models, transaction
from django.template.loader import get_template

from cartographie.models import Fiche
from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.documents import DemandeDocument
from hubpartenariat.socle.horaires import Execution
from hubpartenariat.socle.indexation import BitsFacette, EntreeIndex
from hubpartenariat.socle.models import Commune, GroupeDeSynonymes
from tests import fabriques
from tests.generiques.test_depot import RACINE, suivis
from tests.outils.requetes import compter

pytestmark = pytest.mark.django_db

NOTRES = [
    modele
    for modele in apps.get_models()
    if modele.__module__.startswith(("hubpartenariat.", "cartographie.", "annuaire."))
]


def etiquette(modele) -> str:
    return modele._meta.label


# --- Models ---------------------------------------------------------------------------------
@pytest.mark.parametrize("modele", NOTRES, ids=etiquette)
def test_model_has_a_name_in_french(modele):
    """Model and fields say what they are, as the admin and the errors repeat it."""
    assert "verbose_name" in modele._meta.original_attrs, "no verbose_name"
    sans_nom = [
        champ.name
        for champ in modele._meta.local_fields
        if champ._verbose_name is None
        and champ.editable
        and not champ.primary_key
        and not (champ.is_relation and champ.name == champ.related_model._meta.verbose_name)
    ]
    assert modele in DE_MACHINE or sans_nom == []


# Written by triggers, shown to nobody.
DE_MACHINE = {EntreeIndex, BitsFacette}


@pytest.mark.parametrize("modele", NOTRES, ids=etiquette)
def test_constraints_speak_french(modele):
    """What the database refuses is told to a person in words of the trade."""
    for contrainte in modele._meta.constraints:
        message = str(contrainte.violation_error_message or "")
        ordinaire = contrainte.default_violation_error_message
        assert message and message != str(ordinaire), f"{contrainte.name} has no message"
        assert message[0].isupper() and message.endswith("."), message


@pytest.mark.parametrize("modele", NOTRES, ids=etiquette)
def test_model_says_what_a_row_is(modele):
    """``__str__`` is written: « Fiche object (3) » means nothing to anybody."""
    assert modele.__str__ is not models.Model.__str__


def test_text_has_a_limit():
    """Every text that a person types has a length; what machines write is listed here."""
    sans_limite = {"Courriel.texte", "Courriel.html"}
    for modele in set(NOTRES) - DE_MACHINE:
        for champ in modele._meta.local_fields:
            if isinstance(champ, models.TextField) and not champ.max_length:
                assert f"{modele.__name__}.{champ.name}" in sans_limite, (modele, champ.name)


# --- Admin ----------------------------------------------------------------------------------
def ajouter_fiches(nombre):
    for _ in range(nombre):
        fabriques.fiche(fabriques.personne(), "soumise")


def ajouter_courriels(nombre):
    Courriel.objects.bulk_create(
        Courriel(destinataire="a@exemple.fr", sujet=f"{n}", texte="t", expediteur="b@exemple.fr")
        for n in range(nombre)
    )


def ajouter_documents(nombre):
    for _ in range(nombre):
        demande = DemandeDocument.objects.create(
            genre="fiche", empreinte=fabriques.personne().email[:64], titre="Essai"
        )
        demande.demandeurs.add(Utilisateur.objects.latest("pk"))


def ajouter_comptes(nombre):
    for _ in range(nombre):
        fabriques.personne("", "membre")


def ajouter_executions(nombre):
    for _ in range(nombre):
        Execution.objects.create(horaire="purger_donnees")


def ajouter_synonymes(nombre):
    deja = GroupeDeSynonymes.objects.count()
    for n in range(deja, deja + nombre):
        GroupeDeSynonymes.objects.create(termes=[f"mot {n}", f"terme {n}"])


AJOUTS = {
    GroupeDeSynonymes: ajouter_synonymes,
    Execution: ajouter_executions,
    Fiche: ajouter_fiches,
    Courriel: ajouter_courriels,
    DemandeDocument: ajouter_documents,
    Utilisateur: ajouter_comptes,
}


def listes_admin():
    """Admin lists that somebody of the team may open."""
    return [
        modele
        for modele in admin.site._registry
        if modele.__module__.startswith(("hubpartenariat.", "cartographie."))
    ]


@pytest.mark.parametrize("modele", listes_admin(), ids=etiquette)
def test_admin_list_costs_the_same_whatever_its_length(modele, sans_n_plus_1):
    """The list has columns worth reading, and no query per row."""
    reglages = admin.site._registry[modele]
    assert tuple(reglages.list_display) != ("__str__",), "no list_display"
    assert modele in AJOUTS, "tell AJOUTS how to add rows"
    chef = fabriques.personne("chef@exemple.fr", "membre", "administrateur")
    url = f"/administration/{modele._meta.app_label}/{modele._meta.model_name}/"
    sans_n_plus_1(fabriques.client_de(chef, mfa=True), url, AJOUTS[modele])


# --- Pages with lists -----------------------------------------------------------------------
LISTES = {
    "/": "visiteur",
    "/cartographie/": "visiteur",
    "/cartographie/?departement=94&domaine=parcours": "visiteur",
    "/cartographie/?departement=94&departement=75": "visiteur",
    "/cartographie/fiches.json": "visiteur",
    "/cartographie/fiches.geojson": "visiteur",
    "/cartographie/fiches.csv": "visiteur",
    "/cartographie/fiches.atom": "visiteur",
    "/cartographie/zones-blanches/": "visiteur",
    "/syntheses/": "visiteur",
    "/syntheses/rapports/cartographie/": "visiteur",
    "/recherche/?q=pairs": "visiteur",
    "/sitemap.xml": "visiteur",
    "/cartographie/mes-fiches/": "auteur",
    "/cartographie/nouvelle/": "auteur",
    "/mon-espace/": "auteur",
}


@pytest.mark.parametrize("chemin", LISTES)
def test_page_costs_the_same_for_3_rows_and_for_30(chemin, sans_n_plus_1):
    auteur = fabriques.personne("auteur@exemple.fr", "membre")
    client = fabriques.client_de(auteur if LISTES[chemin] == "auteur" else None)

    def ajouter(nombre):
        fabriques.fiches_publiees(auteur, nombre)
        for _ in range(nombre):
            fabriques.fiche(auteur, "soumise")

    sans_n_plus_1(client, chemin, ajouter)


def test_list_of_fiches_stays_under_twelve_queries():
    auteur = fabriques.personne()
    fabriques.fiches_publiees(auteur, 30)
    client = fabriques.client_de()
    for chemin in ("/cartographie/", "/cartographie/?departement=94&domaine=parcours&q=pairs"):
        assert len(compter(client, chemin)) <= 12


# --- Templates ------------------------------------------------------------------------------
DOSSIER = RACINE / "templates"
# Rendered by name by Django or by a package, hence named nowhere in our code.
PAR_CONVENTION = re.compile(
    r"^(400|403|404|429|500|503)\.html$|^(account|mfa|usersessions|allauth|admin|import_export|"
    r"django/forms|registration)/|^courriels/|/pdf/"
)


def gabarits() -> list[str]:
    return [chemin.relative_to(DOSSIER).as_posix() for chemin in suivis("templates/*")]


def cite_dans_le_code() -> str:
    """All our code and templates, as one text to look into."""
    sources = suivis("*.py", "templates/*")
    return "\n".join(
        chemin.read_text(encoding="utf-8") for chemin in sources if "/tests/" not in str(chemin)
    )


def test_every_template_is_used():
    """Named by a view, a form, a mail or another template; or known by convention."""
    tout = cite_dans_le_code()
    inutiles = [
        nom
        for nom in gabarits()
        if not PAR_CONVENTION.search(nom)
        and nom not in tout
        and not re.search(rf"[\"'/]{re.escape(Path(nom).name)}[\"']", tout)
    ]
    assert inutiles == []


def test_every_mail_is_sent_by_somebody():
    """By our code, or by allauth under the name that its own template has."""
    tout = cite_dans_le_code()
    d_allauth = {
        chemin.name.removesuffix("_message.txt")
        for chemin in Path(allauth.__file__).parent.glob("**/email/*_message.txt")
    }
    inutiles = [
        nom
        for nom in gabarits()
        if nom.startswith("courriels/")
        and Path(nom).stem not in d_allauth
        and nom.removeprefix("courriels/").removesuffix(".txt") not in tout
        and not re.search(rf"[\"']{re.escape(Path(nom).stem)}[\"']", tout)
    ]
    assert inutiles == []


@pytest.mark.parametrize("nom", gabarits())
def test_template_compiles(nom):
    get_template(nom)


def test_overrides_of_other_packages_still_override_something():
    """A template of ours in the folder of a package has a counterpart in that package."""
    paquets = Path(admin.__file__).resolve().parents[2].parent
    orphelins = []
    for nom in gabarits():
        if nom.startswith(("account/", "mfa/", "usersessions/", "allauth/")):
            trouve = any(paquets.glob(f"allauth/**/templates/{nom}"))
            if not trouve and nom not in cite_dans_le_code().replace(f"# {nom}", ""):
                orphelins.append(nom)
    assert orphelins == []


# --- Static files ---------------------------------------------------------------------------
STATIQUES = [chemin.relative_to(RACINE / "static").as_posix() for chemin in suivis("static/*")]


def test_every_static_file_named_exists():
    cites = set(re.findall(r"{% static [\"']([^\"']+)[\"']", cite_dans_le_code()))
    assert len(cites) > 10
    assert [nom for nom in sorted(cites) if not finders.find(nom)] == []


def test_every_static_file_is_used():
    """By a template, a stylesheet, a form or the PDF; licences and notices apart."""
    tout = cite_dans_le_code() + "\n".join(
        chemin.read_text(encoding="utf-8") for chemin in suivis("static/**/*.css", "static/**/*.js")
    )
    inutiles = [
        nom
        for nom in STATIQUES
        if not nom.endswith((".md", "OFL.txt")) and Path(nom).name not in tout
    ]
    assert inutiles == []


def test_stylesheets_name_files_that_exist():
    for chemin in suivis("static/**/*.css"):
        for cible in re.findall(r"url\([\"']?([^\"')]+)", chemin.read_text(encoding="utf-8")):
            if cible.startswith("statique:"):  # how the PDF names our files
                assert finders.find(cible.removeprefix("statique:")), (chemin, cible)
            elif not cible.startswith(("data:", "#")):
                assert (chemin.parent / cible.split("#")[0]).resolve().is_file(), (chemin, cible)


# --- Fixtures -------------------------------------------------------------------------------
def test_referentials_load_again_without_harm():
    """Loading twice changes nothing, and every commune is there."""
    avant = Commune.objects.count()
    with transaction.atomic():
        call_command("charger_referentiels", verbosity=0)
    assert Commune.objects.count() == avant > 1200


def test_no_fixture_holds_a_real_address():
    """Mails of the demonstration end in a domain that cannot exist."""
    domaine = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
    for chemin in suivis("fixtures/**/*.json", "fixtures/**/*.csv", "cartographie/semer*.py"):
        for trouve in domaine.findall(chemin.read_text(encoding="utf-8")):
            assert trouve.endswith((".example", "exemple.fr", ".test", "example.org")), trouve


def test_settings_point_inside_the_repository():
    assert Path(settings.BASE_DIR) == RACINE
