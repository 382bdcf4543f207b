"""« Mes données »: everything about me, nothing about others, to read and to keep."""

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from annuaire.models import Appel, MiseEnRelation, Profil
from hubpartenariat.comptes.mes_donnees import MONTREES
from hubpartenariat.socle.courriel import mettre_en_file
from hubpartenariat.socle.documents import DemandeDocument, demander, ranger
from hubpartenariat.socle.journal import consigner
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire(personne):
    return personne("claire@exemple.fr", "membre", nom="Claire Martin")


@pytest.fixture
def relation(claire, personne):
    """Claire answered the appel of Paul, who declined with a reason of his own."""
    profil = Profil.objects.create(
        personne=claire, pseudonyme="Mésange", savoirs="Dix ans de dialyse.", majeur=True
    )
    appel = Appel.objects.create(titre="Café des pairs")
    appel.equipe.add(personne("paul@exemple.fr", nom="Paul Durand"))
    return MiseEnRelation.objects.create(
        appel=appel,
        profil=profil,
        motivation="Je sais écouter.",
        etat="sans_suite",
        close_par="equipe",
        raison="Trop bavarde.",
    )


def page(personne) -> str:
    return fabriques.client_de(personne).get(reverse("mes_donnees")).content.decode()


def archive(personne) -> zipfile.ZipFile:
    reponse = fabriques.client_de(personne).get(reverse("copie_de_mes_donnees"))
    assert reponse["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(reponse.content))


def test_i_read_everything_about_me_with_why_and_who(claire, relation):
    mettre_en_file(claire.email, "Bienvenue", "Bonjour Claire.")
    html = page(claire)
    for texte in ("Claire Martin", "Dix ans de dialyse.", "Je sais écouter.", "Bienvenue"):
        assert texte in html
    assert "Vous proposer des missions" in html
    assert "Qui le voit" in html
    assert reverse("mon_nom") in html


def test_i_read_nothing_that_others_keep_to_themselves(claire, relation, personne):
    """Not the reason of the other side, not their name, not their word before mine."""
    for texte in (page(claire), archive(claire).read("donnees.json").decode()):
        assert "Trop bavarde." not in texte
        assert "Paul" not in texte
        assert "paul@exemple.fr" not in texte
        assert "accord de l’équipe" not in texte.lower()
    assert "Mésange" not in page(personne("voisin@exemple.fr"))


def test_no_secret_leaves(claire):
    """Digests, keys of sessions and of the second step are said to be there, never shown."""
    fabriques.activer_deux_facteurs(claire)
    client = fabriques.client_de(claire, mfa=True)
    html = client.get(reverse("mes_donnees")).content.decode()
    assert "Gardé secret" in html
    for secret in (claire.password, client.session.session_key):
        assert secret not in html
        assert secret not in archive(claire).read("donnees.json").decode()


def test_the_copy_holds_the_rows_and_my_documents(claire):
    for rang in range(MONTREES + 5):
        consigner(claire, f"geste_{rang}", claire)
    assert "de plus, dans la copie" in page(claire)
    fiche = fabriques.fiche(claire, "publiee")
    demande = demander("fiche", {"fiche": str(fiche.uuid)}, claire)
    nom = ranger(b"%PDF-1.7 essai")
    DemandeDocument.objects.filter(pk=demande.pk).update(etat="pret", fichier=nom, taille=14)
    zip_ = archive(claire)
    contenu = json.loads(zip_.read("donnees.json"))
    journal = next(d for d in contenu["donnees"] if d["quoi"] == "Journal")
    assert len(journal["lignes"]) >= MONTREES + 5
    fichiers = [n for n in zip_.namelist() if n.startswith("documents/")]
    assert len(fichiers) == 1
    assert zip_.read(fichiers[0]).startswith(b"%PDF")


def test_the_copy_asks_again_who_i_am(claire):
    client = Client()
    client.force_login(claire)
    assert client.get(reverse("mes_donnees")).status_code == 200
    assert "reauthenticate" in client.get(reverse("copie_de_mes_donnees")).url


def test_the_way_to_it_and_out(claire):
    client = fabriques.client_de(claire)
    assert reverse("mes_donnees") in client.get(reverse("mon_espace")).content.decode()
    depart = client.get(reverse("supprimer_compte")).content.decode()
    assert "Ce qui reste, et pourquoi" in depart
    assert "Un signalement protège" in depart
