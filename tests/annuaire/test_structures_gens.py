"""Who represents a structure: proofs, requests, the team, and who may edit the page."""

import pytest
from allauth.account.models import EmailAddress

from annuaire import preuves
from annuaire.models import Rattachement, Structure
from hubpartenariat.comptes.roles import charger_roles
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import EntreeJournal
from tests.annuaire.outils_structures import rattacher, structure

pytestmark = pytest.mark.django_db
PROPOSITION = {
    "nom": "Réseau des Peupliers",
    "type_structure": "appui",
    "departements": ["77", "91"],
    "partenariat": "Nous voudrions commencer.",
    "domaines_courriel": "reseau-peupliers.fr",
}


@pytest.fixture(autouse=True)
def _roles():
    charger_roles()


@pytest.fixture
def aulnes():
    return structure(nom="Hôpital des Aulnes", domaines_courriel=["hopital-aulnes.fr"])


def revendiquer(client, une, role="referent", **champs):
    adresse = f"/annuaire/structures/{une.slug}/revendiquer/"
    return client.post(adresse, {"role": role, **champs})


# --- Proofs -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("adresse", "accepte"),
    [
        ("claire@hopital-aulnes.fr", True),
        ("claire@neuro.hopital-aulnes.fr", True),
        ("CLAIRE@Hopital-Aulnes.FR", True),
        ("claire@faux-hopital-aulnes.fr", False),
        ("claire@hopital-aulnes.fr.exemple.org", False),
        ("claire@exemple.fr", False),
    ],
)
def test_an_address_of_the_structure_is_the_proof(personne, client_de, aulnes, adresse, accepte):
    claire = personne(adresse, "membre", nom="Claire")
    revendiquer(client_de(claire), aulnes, montre_mon_nom="on")
    lien = Rattachement.objects.get()
    assert (lien.etat, lien.preuve) == (("accepte", "domaine") if accepte else ("demande", ""))
    claire = type(claire).objects.get(pk=claire.pk)
    assert claire.roles == ({"membre", "referent_structure"} if accepte else {"membre"})


def test_an_address_not_verified_proves_nothing(personne, client_de, aulnes):
    claire = personne("claire@hopital-aulnes.fr")
    EmailAddress.objects.update(verified=False)
    revendiquer(client_de(claire), aulnes)
    assert Rattachement.objects.get().etat == "demande"


@pytest.mark.parametrize(
    "messagerie", ["gmail.com", "yahoo.co.uk", "orange.fr", "x.free.fr", "asso.fr", "gouv.fr", "fr"]
)
def test_free_mail_proves_nothing_even_written_in_the_structure(
    personne, client_de, aulnes, messagerie
):
    Structure.objects.update(domaines_courriel=[messagerie])
    adresse = f"claire@{messagerie}" if "." in messagerie else "claire@exemple.fr"
    revendiquer(client_de(personne(adresse)), aulnes)
    assert Rattachement.objects.get().etat == "demande"
    assert preuves.raison_de_refuser(messagerie)


@pytest.mark.parametrize("domaine", ["aphp.fr", "mail-hopital.fr", "ch-free.fr", "mac.aphp.fr"])
def test_other_domains_are_accepted(domaine):
    assert preuves.raison_de_refuser(domaine) is None
    assert preuves.normaliser(f" https://www.{domaine.upper()}/contact ") == domaine


def test_asking_twice_asks_once(personne, client_de, aulnes):
    client = client_de(personne("claire@exemple.fr"))
    for _ in range(2):
        revendiquer(client, aulnes)
    assert Rattachement.objects.count() == 1


# --- Proposals ----------------------------------------------------------------------------------
def test_a_proposal_waits_for_the_team(personne, client_de, client):
    qui = client_de(personne("claire@exemple.fr"))
    for _ in range(2):
        assert qui.post("/annuaire/structures/proposer/", PROPOSITION).status_code == 302
    une = Structure.objects.get()
    assert (une.etat, une.slug, une.domaines_courriel) == (
        "proposee",
        "reseau-des-peupliers",
        ["reseau-peupliers.fr"],
    )
    assert client.get(f"/annuaire/structures/{une.slug}/").status_code == 404
    assert "Peupliers" in qui.get("/annuaire/mes-structures/").content.decode()
    assert revendiquer(qui, une).status_code == 404


def test_a_proposal_is_checked(personne, client_de, aulnes):
    client = client_de(personne("claire@exemple.fr"))
    for change, phrase in (
        ({"nom": ""}, "Donnez le nom"),
        ({"departements": []}, "au moins un territoire"),
        ({"type_structure": "clinique"}, "Choisissez parmi"),
        ({"domaines_courriel": "gmail.com"}, "sert à beaucoup de monde"),
        ({"page_web": "javascript:alert(1)"}, "adresse"),
        ({"nom": "hôpital DES aulnes", "departements": ["94"]}, "déjà dans l’annuaire"),
        ({"nom": "a\x00b"}, "caractère invisible"),
    ):
        reponse = client.post("/annuaire/structures/proposer/", PROPOSITION | change)
        assert reponse.status_code == 422, change
        assert phrase in reponse.content.decode(), change
    assert Structure.objects.count() == 1


def test_names_that_meet_get_their_own_address(personne, client_de):
    structure(slug="reseau-des-peupliers", nom="Autre", departements=["75"])
    client = client_de(personne("claire@exemple.fr"))
    client.post("/annuaire/structures/proposer/", PROPOSITION)
    client.post("/annuaire/structures/proposer/", PROPOSITION | {"nom": "Proposer"})
    adresses = set(Structure.objects.values_list("slug", flat=True))
    assert adresses == {"reseau-des-peupliers", "reseau-des-peupliers-2", "proposer-2"}


# --- The page and its referents -----------------------------------------------------------------
def test_a_referent_is_named_only_with_their_agreement(personne, client_de, client, aulnes):
    claire = personne("claire@exemple.fr", nom="Claire Aulne")
    lien = rattacher(claire, aulnes)
    rattacher(personne("muette@exemple.fr"), aulnes, montre_mon_nom=True)
    rattacher(personne("eq@exemple.fr", nom="Équipier"), aulnes, "equipe", montre_mon_nom=True)
    page = f"/annuaire/structures/{aulnes.slug}/"
    moi = f"{page}moi/{lien.pk}/"
    vue = client.get(page).content.decode()
    assert "Claire Aulne" not in vue
    assert "exemple.fr" not in vue.replace("hub@exemple.fr", "")
    assert "Équipier" not in vue
    qui = client_de(claire)
    qui.post(moi, {"geste": "nom", "montre_mon_nom": "on"})
    assert "Claire Aulne" in client.get(page).content.decode()
    qui.post(moi, {"geste": "nom"})
    assert "Claire Aulne" not in client.get(page).content.decode()


def test_only_referents_edit_and_strangers_get_404(personne, client_de, client, aulnes):
    claire, paul, lea = (personne(f"{n}@exemple.fr") for n in ("claire", "paul", "lea"))
    rattacher(claire, aulnes)
    demande = rattacher(paul, aulnes, etat="demande")
    equipe = rattacher(lea, aulnes, "equipe")
    rattacher(paul, structure())
    base = f"/annuaire/structures/{aulnes.slug}"
    pages = [f"{base}/modifier/", f"{base}/equipe/", f"{base}/equipe/{equipe.pk}/"]
    pages.append(f"{base}/moi/{demande.pk}/")
    for page in pages[:3]:
        assert client_de(claire).get(page).status_code == 200, page
        for autre in (paul, lea):
            assert client_de(autre).get(page).status_code == 404, page
            envoi = client_de(autre).post(page, {"geste": "clore"})
            assert envoi.status_code in (404, 405), page
        assert client.get(page).status_code == 302, page
    assert client_de(claire).get(pages[3]).status_code == 404
    assert client_de(paul).get(pages[3]).status_code == 200
    equipe.refresh_from_db()
    assert equipe.etat == "accepte"


def test_a_stale_save_changes_nothing_and_shows_both(personne, client_de, aulnes):
    claire = personne("claire@exemple.fr", nom="Claire")
    rattacher(claire, aulnes)
    client, page = client_de(claire), f"/annuaire/structures/{aulnes.slug}/modifier/"
    donnees = {
        "nom": aulnes.nom,
        "type_structure": "hopital",
        "departements": ["94"],
        "_version": aulnes.modifiee_le.isoformat(),
    }
    premiere = client.post(page, donnees | {"partenariat": "Le premier texte."})
    assert premiere.status_code == 302
    seconde = client.post(page, donnees | {"partenariat": "Le second texte."})
    html = seconde.content.decode()
    assert seconde.status_code == 409
    assert "Le premier texte." in html
    assert "Le second texte." in html
    aulnes.refresh_from_db()
    assert aulnes.partenariat == "Le premier texte."
    donnees["_version"] = aulnes.modifiee_le.isoformat()
    assert client.post(page, donnees | {"partenariat": "Réuni."}).status_code == 302
    for version in ("", "n'importe quoi", "2020-01-01"):
        assert client.post(page, donnees | {"_version": version}).status_code == 409
    aulnes.refresh_from_db()
    assert aulnes.partenariat == "Réuni."
    assert EntreeJournal.objects.filter(action="modifier").count() == 2


# --- The team -----------------------------------------------------------------------------------
def test_a_referent_decides_for_the_team_but_not_for_another_referent(personne, client_de, aulnes):
    claire = personne("claire@exemple.fr")
    rattacher(claire, aulnes)
    revendiquer(client_de(personne("lea@exemple.fr", nom="Léa")), aulnes, "equipe")
    revendiquer(client_de(personne("paul@exemple.fr")), aulnes, "referent")
    equipe, referent = Rattachement.objects.filter(etat="demande").order_by("pk")
    page = f"/annuaire/structures/{aulnes.slug}/equipe/"
    client = client_de(claire)
    assert "Léa" in client.get(page).content.decode()
    for lien in (equipe, referent):
        client.post(f"{page}{lien.pk}/", {"geste": "accepter"})
        lien.refresh_from_db()
    assert (equipe.etat, equipe.preuve) == ("accepte", "referent")
    assert referent.etat == "demande"
    client.post(f"{page}{equipe.pk}/", {"geste": "clore"})
    equipe.refresh_from_db()
    assert equipe.etat == "clos"
    courriels = Courriel.objects.filter(destinataire="claire@exemple.fr")
    assert courriels.count() == 2
    assert not any("Léa" in courriel.texte for courriel in courriels)


def test_the_role_goes_with_the_last_structure_and_others_stay(personne, client_de, aulnes):
    claire = personne("claire@exemple.fr", "membre", "referent_territorial")
    autre = structure()
    liens = [rattacher(claire, une) for une in (aulnes, autre)]

    def roles():
        return type(claire).objects.get(pk=claire.pk).roles

    assert roles() == {"membre", "referent_territorial", "referent_structure"}
    client = client_de(claire)
    for lien, attendu in zip(liens, (True, False), strict=True):
        adresse = f"/annuaire/structures/{lien.structure.slug}/moi/{lien.pk}/"
        assert client.get(adresse).status_code == 200
        client.post(adresse, {"geste": "quitter"})
        assert ("referent_structure" in roles()) is attendu
    assert roles() == {"membre", "referent_territorial"}


def test_pages_of_people_cost_the_same_at_every_size(personne, client_de, aulnes, sans_n_plus_1):
    claire = personne("claire@exemple.fr")
    rattacher(claire, aulnes)
    rangs = iter(range(1000))

    def equipiers(nombre):
        for _ in range(nombre):
            rattacher(personne(f"e{next(rangs)}@exemple.fr", nom="E"), aulnes, "equipe", "demande")

    sans_n_plus_1(client_de(claire), f"/annuaire/structures/{aulnes.slug}/equipe/", equipiers)

    def structures(nombre):
        for _ in range(nombre):
            rattacher(claire, structure())

    sans_n_plus_1(client_de(claire), "/annuaire/mes-structures/", structures)
