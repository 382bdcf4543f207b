"""My fiches: remarks to answer, what comes next, writing with colleagues."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cartographie.invitations import Invitation
from cartographie.models import Fiche
from hubpartenariat.socle.courriel import Courriel
from tests.cartographie.conftest import REMARQUE
from tests.cartographie.outils import adresse, connexion

pytestmark = pytest.mark.django_db


def test_remarks_stand_beside_their_field_until_answered(claire, fiche, marc):
    une, client = fiche("a_completer"), connexion(claire)
    assert "Dites depuis quand" in client.get(adresse(une)).content.decode()
    relecture = reverse("cartographie:relecture", args=[une.uuid])
    page = client.get(relecture).content.decode()
    assert f'{adresse(une)}#id_resume_champ"' in page
    assert "1 remarque" in client.get("/cartographie/mes-fiches/").content.decode()
    client.post(relecture)
    assert "Dites depuis quand" not in client.get(relecture).content.decode()
    assert une.remarques.get().levee_le is not None


@pytest.mark.parametrize("champ", ["check_list", "liens", "titre", ""])
def test_a_remark_leads_to_a_field_that_exists(champ, claire, fiche, marc):
    une = fiche("soumise")
    une.demander_complements(marc, [REMARQUE | {"champ": champ}])
    remarque, client = une.remarques.get(), connexion(claire)
    if champ:
        page, _, ancre = remarque.adresse.partition("#")
        html = client.get(page).content.decode()
        assert f'id="{ancre}"' in html
        assert "Dites depuis quand" in html
    else:
        assert remarque.adresse == ""
    assert (
        "Dites depuis quand"
        in client.get(reverse("cartographie:relecture", args=[une.uuid])).content.decode()
    )


@pytest.mark.parametrize(
    ("etat", "attendu"),
    [
        ("brouillon", "Relire et envoyer"),
        ("soumise", "Reprendre pour modifier"),
        ("a_completer", "Répondre aux remarques"),
        ("refusee", "Hors sujet."),
        ("publiee", "Mettre à jour"),
        ("archivee", "Terminée."),
    ],
)
def test_my_fiches_say_what_comes_next(etat, attendu, claire, fiche):
    fiche(etat)
    assert attendu in connexion(claire).get("/cartographie/mes-fiches/").content.decode()


def test_my_fiches_cost_the_same_for_one_and_for_ten(claire, fiche, django_assert_max_num_queries):
    fiche()
    client = connexion(claire)
    client.get("/cartographie/mes-fiches/")
    with django_assert_max_num_queries(8) as une:
        client.get("/cartographie/mes-fiches/")
    for _ in range(9):
        fiche()
    with django_assert_max_num_queries(len(une)):
        client.get("/cartographie/mes-fiches/")


def test_deleting_a_draft_asks_first(claire, brouillon):
    client, url = connexion(claire), reverse("cartographie:supprimer", args=[brouillon.uuid])
    assert "Supprimer le brouillon" in client.get(url).content.decode()
    assert Fiche.objects.count() == 1
    client.post(url)
    assert Fiche.objects.count() == 0


def test_a_published_fiche_is_updated_on_a_copy(claire, fiche):
    une, client = fiche("publiee"), connexion(claire)
    reponse = client.post(reverse("cartographie:mettre_a_jour", args=[une.uuid]))
    copie = une.revisions.get()
    assert reponse.url == adresse(copie)
    client.post(reponse.url, {"titre": "Nouveau"})
    une.refresh_from_db()
    assert une.titre != "Nouveau"
    assert connexion(claire).get(adresse(une)).status_code == 302, "the published one is closed"


# --- Writing with colleagues ---------------------------------------------------------------
def inviter(client, fiche, adresse_email="lea@exemple.fr"):
    """Invite through the page; the link as the mail gives it."""
    url = reverse("cartographie:auteurs", args=[fiche.uuid])
    reponse = client.post(url, {"courriel": adresse_email}, follow=True)
    lettre = Courriel.objects.filter(destinataire=adresse_email).order_by("pk").last()
    return reponse, lettre and re.search(r"/cartographie/invitations/\S+/", lettre.texte).group()


def test_a_colleague_joins_by_a_link_that_serves_once(claire, brouillon, personne):
    _, lien = inviter(connexion(claire), brouillon)
    lea = personne("lea@exemple.fr")
    client = connexion(lea)
    assert client.get(lien).status_code == 200
    assert not brouillon.est_auteur(lea), "reading is not accepting"
    client.post(lien)
    assert brouillon.est_auteur(lea)
    brouillon.auteurs.remove(lea)
    reponse = client.post(lien)
    assert reponse.status_code == 403
    assert "déjà servi" in reponse.content.decode()
    assert not brouillon.est_auteur(lea)


def test_an_invitation_is_bound_to_its_address(claire, brouillon, personne):
    _, lien = inviter(connexion(claire), brouillon)
    autre = personne("autre@exemple.fr")
    assert connexion(autre).post(lien).status_code == 403
    assert not brouillon.est_auteur(autre)


def test_an_invitation_expires_after_eight_days(claire, brouillon, personne):
    _, lien = inviter(connexion(claire), brouillon)
    Invitation.objects.update(creee_le=timezone.now() - timedelta(days=8, minutes=1))
    lea = personne("lea@exemple.fr")
    assert "huit jours" in connexion(lea).post(lien).content.decode()
    assert not brouillon.est_auteur(lea)


@pytest.mark.parametrize("jeton", ["x", "InZsb3Ai:1abc:def", "😀", "a" * 3000])
def test_a_forged_link_leads_nowhere(jeton, claire):
    assert connexion(claire).get(f"/cartographie/invitations/{jeton}/").status_code == 404


def test_invitations_are_few_and_not_for_those_who_already_write(claire, brouillon):
    client = connexion(claire)
    reponse, _ = inviter(client, brouillon, claire.email.upper())
    assert "écrit déjà cette fiche" in reponse.content.decode()
    for n in range(5):
        inviter(client, brouillon, f"collegue{n}@exemple.fr")
    reponse, lien = inviter(client, brouillon, "de-trop@exemple.fr")
    assert "invitations attendent" in reponse.content.decode()
    assert lien is None
    inviter(client, brouillon, "collegue1@exemple.fr")
    assert Invitation.objects.count() == 5, "asked again, the link is replaced"
