"""The second step: offered to all, required of those who see or decide for others."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hubpartenariat.comptes.enums import Role
from tests.comptes.outils import (
    code_de_l_application,
    entrer_par_code,
    entrer_par_mot_de_passe,
    est_entre,
)

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
EXIGEANTS = sorted(Role.exigeant_deux_facteurs())
PRIVEES = ["/mon-espace/", "/mon-espace/nom/", "/administration/", "/composants/"]


@pytest.fixture(autouse=True)
def _compteurs_a_zero(db):
    cache.clear()


@pytest.fixture
def sans_etape(personne):
    def creer(role):
        return personne("r@exemple.fr", role, sans_etape=True)

    return creer


def activer(client) -> str:
    """Set up an application as its page asks, password confirmed. Returns the secret."""
    page = client.get(reverse("mfa_activate_totp"))
    if page.status_code == 302:
        client.post(page.url, {"password": "motdepasse-long"})
        page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    reponse = client.post(reverse("mfa_activate_totp"), {"code": code_de_l_application(secret)})
    assert reponse.url == reverse("mfa_view_recovery_codes")
    return secret


@pytest.mark.parametrize("role", EXIGEANTS)
@pytest.mark.parametrize("adresse", PRIVEES)
@pytest.mark.parametrize("methode", ["get", "post"])
def test_nothing_private_without_it(client, sans_etape, role, adresse, methode):
    sans_etape(role)
    entrer_par_mot_de_passe(client, "r@exemple.fr")
    assert est_entre(client)
    reponse = getattr(client, methode)(adresse)
    assert (reponse.status_code, reponse.url) == (302, reverse("mfa_index"))
    page = client.get(reponse.url)
    assert page.status_code == 200, "no loop"
    assert "nécessaire pour continuer" in page.content.decode()


def test_a_post_is_not_done_on_the_way(client, sans_etape):
    qui = sans_etape(Role.MODERATEUR)
    entrer_par_mot_de_passe(client, "r@exemple.fr")
    client.post("/mon-espace/nom/", {"nom": "Changé"})
    qui.refresh_from_db()
    assert qui.nom == ""


@pytest.mark.parametrize("entrer", [entrer_par_code, entrer_par_mot_de_passe])
def test_once_set_up_the_person_goes_where_he_was_going(client, sans_etape, entrer):
    sans_etape(Role.MODERATEUR)
    entrer(client, "r@exemple.fr")
    client.get("/administration/?q=1")
    activer(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert 'href="/administration/?q=1"' in page
    assert client.get("/administration/?q=1").status_code == 200
    assert 'href="/administration/?q=1"' not in client.get(reverse("mfa_index")).content.decode()


def test_sign_in_asks_for_it_and_leads_where_one_was(client, personne):
    moi = personne("m@exemple.fr", Role.MODERATEUR, sans_etape=True)
    TOTP.activate(moi, SECRET)
    reponse = entrer_par_mot_de_passe(client, "m@exemple.fr", suite="/mon-espace/nom/")
    assert reponse.url == reverse("mfa_authenticate")
    assert not est_entre(client)
    faux = client.post(reponse.url, {"code": "000000"})
    assert "Ce code n’est pas le bon" in faux.content.decode()
    fin = client.post(reponse.url, {"code": code_de_l_application(SECRET)})
    assert fin.url == "/mon-espace/nom/"
    assert client.get("/administration/").status_code == 200


def test_a_recovery_code_replaces_a_lost_phone_once(client, personne):
    moi = personne("m@exemple.fr", Role.MODERATEUR, sans_etape=True)
    TOTP.activate(moi, SECRET)
    code = RecoveryCodes.activate(moi).get_unused_codes()[0]
    for essai in range(2):
        client = Client()
        entrer_par_mot_de_passe(client, "m@exemple.fr")
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert est_entre(client) is (essai == 0)


def test_a_session_older_than_the_factor_must_show_it(client, personne):
    """Somebody holds an open session of mine: the factor that I add closes it to my powers."""
    moi = personne("m@exemple.fr", Role.MODERATEUR, sans_etape=True)
    entrer_par_mot_de_passe(client, "m@exemple.fr")
    TOTP.activate(moi, SECRET)
    reponse = client.get("/administration/")
    assert reponse.url == "/comptes/2fa/reauthenticate/?next=%2Fadministration%2F"
    assert client.get(reponse.url).status_code == 200
    for page in ["mfa_index", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes"]:
        assert "reauthenticate" in client.post(reverse(page)).url, "nor may it be replaced"
    fin = client.post(reponse.url, {"code": code_de_l_application(SECRET)})
    assert fin.url == "/administration/"
    assert client.get("/administration/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(client, personne):
    moi = personne("m@exemple.fr", Role.MODERATEUR, sans_etape=True)
    RecoveryCodes.activate(moi)
    client.force_login(moi)
    assert client.get("/administration/").url == reverse("mfa_index")


def test_removing_the_last_one_closes_the_door_again(client, personne):
    moi = personne("m@exemple.fr", Role.MODERATEUR)
    client.force_login(moi)
    assert client.get("/administration/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/administration/").url == reverse("mfa_index")


def test_public_pages_stay_open_without_the_powers(client, sans_etape):
    """A public page shows nothing of what the role may see."""
    moi = sans_etape(Role.MODERATEUR)
    entrer_par_mot_de_passe(client, "r@exemple.fr")
    vus = []

    def regarder(request):
        from django.http import HttpResponse

        vus.append((request.user.a_role(Role.MODERATEUR), request.user.has_perm("x.y")))
        vus.append(request.user.has_perm("cartographie.moderer_fiche"))
        return HttpResponse()

    from django.test import RequestFactory

    from hubpartenariat.comptes.middleware import DoubleFacteurRequis

    requete = RequestFactory().get("/")
    requete.user, requete.session = moi, client.session

    class Trouve:
        view_name = "accueil"

    requete.resolver_match = Trouve()
    regarder.login_required = False
    assert DoubleFacteurRequis(regarder).process_view(requete, regarder, (), {}) is None
    regarder(requete)
    assert vus == [(False, False), False]
    assert client.get("/").status_code == 200
    moi.pouvoirs_suspendus = False
    assert moi.has_perm("cartographie.moderer_fiche")


def test_a_member_pays_no_query_for_it_and_staff_one(
    client, personne, django_assert_num_queries, rf
):
    from hubpartenariat.comptes.double_facteur import Etat, etat

    membre, moderateur = personne("a@exemple.fr", "membre"), personne("b@exemple.fr", "moderateur")
    requete = rf.get("/")
    requete.session = client.session
    requete.user = membre
    with django_assert_num_queries(0):
        assert etat(requete) is Etat.SANS_OBJET
    requete.user = moderateur
    with django_assert_num_queries(1):
        assert etat(requete) is Etat.A_PROUVER


def test_a_member_may_have_one_too(client, personne):
    personne("claire@exemple.fr")
    entrer_par_mot_de_passe(client, "claire@exemple.fr")
    secret = activer(client)
    client.post(reverse("account_logout"))
    cache.clear()  # an application gives a code once; the next one comes 30 seconds later
    assert entrer_par_code(client, "claire@exemple.fr").url == reverse("mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": code_de_l_application(secret)})
    assert est_entre(client)


def test_guessing_the_code_is_stopped(client, personne):
    moi = personne("m@exemple.fr", sans_etape=True)
    TOTP.activate(moi, SECRET)
    entrer_par_mot_de_passe(client, "m@exemple.fr")
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    reponse = client.post(reverse("mfa_authenticate"), {"code": code_de_l_application(SECRET)})
    assert "Trop d’essais" in reponse.content.decode()
    assert not est_entre(client)


def test_secrets_are_not_readable_in_the_database(personne):
    moi = personne("m@exemple.fr", Role.MODERATEUR)
    TOTP.activate(personne("n@exemple.fr"), SECRET)
    RecoveryCodes.activate(moi)
    ecrit = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in ecrit


def test_the_qr_code_is_drawn_in_the_page(client, personne):
    """No image from elsewhere, no data: address, which our policy refuses."""
    personne("claire@exemple.fr", mot_de_passe=None)
    entrer_par_code(client, "claire@exemple.fr")
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert '<svg class="qr" role="img"' in page
    assert "data:" not in page


@pytest.mark.parametrize(
    "reponse", ["{}", "[]", "null", '"x"', '{"id": 1}', '{"response": {"userHandle": "é"}}', "{"]
)
def test_nonsense_instead_of_a_passkey_is_refused_calmly(client, reponse):
    client.get(reverse("mfa_login_webauthn"), HTTP_ACCEPT="application/json")
    suite = client.post(reverse("mfa_login_webauthn"), {"credential": reponse})
    assert suite.status_code == 302
    assert not est_entre(client)
