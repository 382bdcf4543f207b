"""The marker crawl bites: leak one field in one template, one search, one export, one mail, and
exactly that is reported. Each test removes one defence, on a few addresses.
"""

import dataclasses
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from cartographie import exports
from cartographie.recherche import INDEX
from hubpartenariat.socle import courriel, indexation
from tests.generiques.adresses import adresses
from tests.generiques.marqueurs.parcours import Marche
from tests.generiques.marqueurs.poser import poser
from tests.generiques.test_marqueurs import prives_dans_l_index

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def marques(monde):
    return poser()


def marcher(monde, marques, nom: str, *roles, envoyer=False):
    """Walk the addresses of one name, as these roles."""
    ciblees = [a for a in adresses(monde) if a.nom == nom or a.motif.nom == nom]
    assert ciblees, nom
    return Marche(monde, marques).tout(ciblees, roles, envoyer=envoyer)


def fuites(constat) -> set[str]:
    return set(constat.fuites)


def gabarit_qui_fuit(dossier: Path, nom: str, apres: str, fuite: str):
    """Settings in which the template ``nom`` also says ``fuite``, after ``apres``."""
    source = (settings.BASE_DIR / "templates" / nom).read_text(encoding="utf-8")
    assert apres in source
    chemin = dossier / nom
    chemin.parent.mkdir(parents=True)
    chemin.write_text(source.replace(apres, apres + fuite, 1), encoding="utf-8")
    (moteur,) = settings.TEMPLATES
    return override_settings(TEMPLATES=[moteur | {"DIRS": [dossier, *moteur["DIRS"]]}])


def test_a_template_that_shows_a_contact_is_seen(monde, marques, tmp_path):
    nom = "cartographie:fiche[publiee]"
    assert fuites(marcher(monde, marques, nom, "membre", "visiteur")) == set()
    with gabarit_qui_fuit(
        tmp_path, "cartographie/fiche.html", "{% block contenu %}", "{{ fiche.contact_courriel }}"
    ):
        vues = fuites(marcher(monde, marques, nom, "auteur", "membre", "visiteur"))
    assert vues == {
        "cartographie.Fiche.contact_courriel → membre",
        "cartographie.Fiche.contact_courriel → visiteur",
    }


def test_a_template_that_shows_an_illness_is_seen(monde, marques, tmp_path):
    """To the team, before both agreed; the owner may read it, and is not reported."""
    nom = "annuaire:candidatures[d_autre]"
    assert fuites(marcher(monde, marques, nom, "autre")) == set()
    with gabarit_qui_fuit(
        tmp_path,
        "annuaire/relations/candidatures.html",
        '<blockquote class="motivation">',
        "{{ relation.profil.savoirs }}",
    ):
        vues = fuites(marcher(monde, marques, nom, "autre"))
    assert vues == {"annuaire.Profil.savoirs → autre"}


def test_a_search_document_that_holds_a_contact_is_seen(monde, marques):
    """One private column poured into the index: seen in the index, and by whoever searches."""
    textes = INDEX.textes | {"C": (*INDEX.textes["C"], "o.contact_telephone")}
    fuyant = dataclasses.replace(INDEX, textes=textes)
    assert prives_dans_l_index(marques) == set()
    with connection.cursor() as curseur:
        curseur.execute(indexation.sql_du_socle())
        curseur.execute(fuyant.sql())
    assert prives_dans_l_index(marques) == {"cartographie.Fiche.contact_telephone"}
    monde.fiches["publiee"].refresh_from_db()
    mot = monde.fiches["publiee"].contact_telephone
    client = monde.client("visiteur")
    vrai, faux = (
        client.get("/cartographie/", {"q": q}).content.decode().replace(q, "MOT")
        for q in (mot, "zqzzzzzq")
    )
    assert vrai != faux, "what the oracle test compares"


def test_an_export_with_one_column_too_many_is_seen(monde, marques, monkeypatch):
    monkeypatch.setitem(exports.EXPORT.colonnes, "téléphone", lambda f: f.contact_telephone)
    vues = fuites(marcher(monde, marques, "cartographie:liste_format", "visiteur"))
    assert vues == {"cartographie.Fiche.contact_telephone → visiteur"}


def test_a_mail_that_tells_an_illness_is_seen(monde, marques, monkeypatch):
    """Judged by the rights of whoever receives it."""
    profil = monde.annuaire.profils["auteur"]
    profil.refresh_from_db()
    ordinaire = courriel.mettre_en_file

    def bavard(destinataire, sujet, texte, **champs):
        return ordinaire(destinataire, sujet, f"{texte} {profil.savoirs}", **champs)

    monkeypatch.setattr(courriel, "mettre_en_file", bavard)
    nom_de_l_acte = "annuaire:decliner[accompagnee]"  # they never agreed on anything
    vues = fuites(marcher(monde, marques, nom_de_l_acte, "auteur", envoyer=True))
    assert vues == {"annuaire.Profil.savoirs → autre"}


def test_a_page_kept_in_a_cache_for_everybody_is_seen(monde, marques, monkeypatch):
    """The administrator looks first: what a shared cache keeps, the visitor is then shown."""
    from django.core.cache import cache

    from cartographie.views import fiche as vues_fiche

    ordinaire = vues_fiche.voit_contact

    def retenue(personne, fiche):
        return cache.get_or_set(f"contact:{fiche.pk}", lambda: ordinaire(personne, fiche))

    monkeypatch.setattr(vues_fiche, "voit_contact", retenue)
    nom = "cartographie:fiche[publiee]"
    vues = fuites(marcher(monde, marques, nom, "administrateur", "visiteur"))
    assert "cartographie.Fiche.contact_courriel → visiteur" in vues
