"""The list and the page of a fiche, as a reader meets them."""

import html
import re

import pytest
from django.core.management import call_command

from cartographie.models import Fiche
from hubpartenariat.socle.territoire import Commune
from hubpartenariat.socle.vocabulaires import TypeStructure
from tests import fabriques

pytestmark = pytest.mark.django_db


def page(client, requete="", statut=200):
    reponse = client.get(f"/cartographie/{requete}")
    assert reponse.status_code == statut
    texte = html.unescape(reponse.content.decode())
    return re.sub("[\u202f\u00a0]", " ", texte)


def options(texte, facette):
    """{label: (count, address, active)} of one facet, as the page shows them."""
    groupe = re.search(rf'id="facette-{facette}".*?</details>', texte, re.S)[0]
    lues = re.findall(
        r'<a class="([^"]*)" href="([^"]*)".*?libelle">(.*?)</span>.*?nombre">([\d ]+)<', groupe
    )
    return {
        mot: (int(nombre.replace(" ", "")), url, "--actif" in classes)
        for classes, url, mot, nombre in lues
    }


@pytest.fixture
def trois(personne):
    auteur = personne()
    commun = {"besoins": ["outils"]}
    return [
        fabriques.fiche(auteur, "publiee", titre="Alpha", departements=["75"], **commun),
        fabriques.fiche(
            auteur,
            "publiee",
            titre="Bravo",
            departements=["75", "93"],
            domaines=["recherche"],
            besoins=["roles"],
        ),
        fabriques.fiche(auteur, "publiee", titre="Charlie", type_structure="association", **commun),
    ]


def test_every_code_is_shown_with_its_count_even_zero(client, trois):
    texte = page(client)
    types = options(texte, "type_structure")
    assert list(types) == [libelle for _, libelle in TypeStructure.choices]
    assert types["Hôpital / établissement de santé"][0] == 2
    assert types["Collectivité"][0] == 0
    assert options(texte, "departement")["77 – Seine-et-Marne"][0] == 0


def test_following_a_facet_filters_and_counts_react(client, trois):
    paris = options(page(client), "departement")["75 – Paris"][1]
    assert paris == "/cartographie/?departement=75"
    texte = client.get(paris).content.decode()
    assert "2 démarches" in texte.replace("\u202f", " ")
    assert "Charlie" not in texte
    apres = options(html.unescape(texte).replace("\u202f", " "), "departement")
    assert apres["75 – Paris"][2]
    assert apres["93 – Seine-Saint-Denis"][0] == 1  # its own facet does not narrow it
    assert apres["75 – Paris"][1] == "/cartographie/"  # following it again removes it


def test_same_key_means_or_other_keys_mean_and(client, trois):
    ensemble = page(client, "?departement=93&departement=94&domaine=parcours")
    assert "Charlie" in ensemble
    assert "Bravo" not in ensemble
    assert "Alpha" not in ensemble


def test_chips_remove_one_filter_each(client, trois):
    texte = page(client, "?besoin=outils&departement=75&q=alpha")
    puces = dict(re.findall(r'class="puce" href="([^"]*)"><span>(.*?)</span>', texte))
    assert puces == {
        "/cartographie/?departement=75&besoin=outils": "« alpha »",
        "/cartographie/?q=alpha&besoin=outils": "75 – Paris",
        "/cartographie/?q=alpha&departement=75": "Besoins d’appui : Outils et méthodes",
    }


def test_one_address_for_each_state(client, trois):
    texte = page(client, "?besoin=outils&departement=93&page=1&departement=75&utm=x&q=")
    attendu = "http://testserver/cartographie/?departement=75&departement=93&besoin=outils"
    assert f'<link rel="canonical" href="{attendu}">' in texte


def test_the_search_form_keeps_the_filters(client, trois):
    texte = page(client, "?departement=75&tri=titre")
    assert '<input type="hidden" name="departement" value="75">' in texte
    assert '<input type="hidden" name="tri" value="titre">' in texte


def test_formats_carry_the_filters(client, trois):
    texte = page(client, "?departement=75")
    for ext in ("csv", "geojson", "json", "atom"):
        assert f'href="/cartographie/fiches.{ext}?departement=75"' in texte


def test_pages(client):
    call_command("semer", fiches=45, graine=1, verbosity=0)
    vus = []
    for numero in (1, 2, 3):
        vus += re.findall(r'href="/cartographie/fiches/([^"]+)/"', page(client, f"?page={numero}"))
    assert sorted(vus) == sorted(Fiche.objects.values_list("slug", flat=True))
    assert "compte 3 pages" in page(client, "?page=4", statut=404)


@pytest.mark.parametrize(
    ("requete", "dit"),
    [
        ("?domaine=inconnu", "« inconnu » n’est pas une valeur connue"),
        ("?departement=13", "« 13 »"),
        ("?domaine=%00", "pas lisible"),
        ("?tri=hasard", "« hasard »"),
        ("?page=0", "« 0 »"),
        ("?page=abc", "« abc »"),
        ("?page=-1", "« -1 »"),
        ("?page=99999999999999999999", "page"),
        ("?commune=00000", "Aucune commune"),
        ("?commune=%27%3B--", "commune"),
        ("?domaine=" + "x" * 5000, "…"),
    ],
)
def test_values_that_mean_nothing_get_a_clear_400(client, requete, dit):
    texte = page(client, requete, statut=400)
    assert dit in texte
    assert len(texte) < 20_000


def test_nothing_found_says_what_to_do(client, trois):
    texte = page(client, "?departement=77&q=alpha")
    assert "Aucune démarche ne répond" in texte
    assert "zones blanches" in texte


def test_map_of_the_region_filters_and_of_a_departement_shows_communes(client, personne):
    fabriques.fiche(
        personne(), "publiee", departements=["94"], commune=Commune.objects.get(code="94028")
    )
    assert 'href="/cartographie/?departement=94"' in page(client)
    texte = page(client, "?departement=94")
    assert 'href="/cartographie/?departement=94&commune=94028"' in texte
    assert "Créteil" in texte
    assert "Commune : Créteil (94)" in page(client, "?departement=94&commune=94028")


# --- a fiche -----------------------------------------------------------------------------


def test_a_fiche_shows_what_its_authors_wrote(client, personne):
    fiche = fabriques.fiche(
        personne(), "publiee", conseils="Commencez petit.", check_list={"2": "oui"}
    )
    texte = html.unescape(client.get(f"/cartographie/fiches/{fiche.slug}/").content.decode())
    texte = re.sub("[\u202f\u00a0]", " ", texte)
    for mot in (fiche.titre, fiche.resume, "Commencez petit.", "Hôpital des Tilleuls"):
        assert mot in texte
    assert "Au moins 2 patients partenaires sont impliqués" in texte


@pytest.mark.parametrize("etat", ["brouillon", "soumise", "a_completer", "refusee"])
def test_a_stranger_does_not_know_of_an_unpublished_fiche(client, personne, etat):
    fiche = fabriques.fiche(personne(), etat)
    Fiche.objects.filter(pk=fiche.pk).update(slug="devinee")
    assert client.get("/cartographie/fiches/devinee/").status_code == 404


def test_a_withdrawn_fiche_says_so_without_its_contents(client, personne):
    fiche = fabriques.fiche(personne(), "archivee", titre="Titre retiré")
    reponse = client.get(f"/cartographie/fiches/{fiche.slug}/")
    assert reponse.status_code == 410
    assert "Titre retiré" not in reponse.content.decode()


@pytest.mark.parametrize(
    ("visibilite", "visiteur", "membre", "auteur", "moderation"),
    [
        ("moderation", False, False, True, True),
        ("membres", False, True, True, True),
        ("publique", True, True, True, True),
    ],
)
def test_who_sees_the_contact(client, personne, visibilite, visiteur, membre, auteur, moderation):
    qui_ecrit = personne("auteur@exemple.fr")
    fiche = fabriques.fiche(
        qui_ecrit,
        "publiee",
        contact_courriel="contact-secret@exemple.fr",
        contact_visibilite=visibilite,
    )
    personnes = {
        None: visiteur,
        personne("membre@exemple.fr"): membre,
        qui_ecrit: auteur,
        personne("mod@exemple.fr", "moderateur"): moderation,
    }
    for compte, voit in personnes.items():
        qui = fabriques.client_de(compte, mfa=bool(compte and compte.roles))
        texte = qui.get(f"/cartographie/fiches/{fiche.slug}/").content.decode()
        assert ("contact-secret@exemple.fr" in texte) == voit, (visibilite, compte)


def test_neighbours_share_a_need_or_a_domain(client, trois):
    texte = client.get(f"/cartographie/fiches/{trois[0].slug}/").content.decode()
    voisines = texte[texte.index("Avec un même besoin") :]
    assert "Charlie" in voisines
    assert "Alpha" not in voisines
    assert "Bravo" not in voisines


def test_a_fiche_costs_the_same_with_many_neighbours(client, sans_n_plus_1, personne):
    fiche = fabriques.fiche(personne(), "publiee")
    auteur = personne("b@exemple.fr")
    fabriques.fiches_publiees(auteur, 5)
    sans_n_plus_1(
        client,
        f"/cartographie/fiches/{fiche.slug}/",
        lambda n: fabriques.fiches_publiees(auteur, n),
    )


def test_zones_blanches_are_honest(client, trois):
    texte = html.unescape(client.get("/cartographie/zones-blanches/").content.decode())
    assert "Seine-et-Marne" in texte
    assert "Aucune démarche propre à" in texte
    assert '<a href="/cartographie/?type_structure=hopital&departement=75">2</a>' in texte


def test_integrer_gives_working_addresses(client, trois):
    texte = html.unescape(client.get("/cartographie/integrer/").content.decode())
    for adresse in re.findall(r"<code>http://testserver([^<]+)</code>", texte):
        assert client.get(adresse).status_code == 200, adresse
