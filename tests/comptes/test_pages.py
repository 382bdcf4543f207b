"""Every page of allauth, found through the resolver: French, in our design, one title, no leak."""

import copy
import re
from contextlib import contextmanager

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.db import transaction
from django.template.loader import get_template
from django.test import Client
from django.urls import get_resolver, reverse

from tests.comptes.outils import demander_un_code, entrer_par_code, entrer_par_mot_de_passe

pytestmark = pytest.mark.django_db
ANGLAIS = re.compile(
    r"\b(sign|signed|log ?in|log ?out|password|email|your|you|the|please|account|verify|code sent|"
    r"authenticat\w*|security key|recovery|passwordless|change|forgot|session list|submit|error)\b",
    re.I,
)
# English by nature: names of products and of the thing itself.
PERMIS = re.compile(r"\(passkey\)|(?:Google|Microsoft) Authenticator|passkeys?", re.I)


def adresses() -> list[tuple[str, dict]]:
    """Names of every address under /comptes/, with the arguments that they need."""
    trouvees = []

    def descendre(motifs):
        for motif in motifs:
            if hasattr(motif, "url_patterns"):
                descendre(motif.url_patterns)
            elif motif.name:
                trouvees.append(motif.name)

    for motif in get_resolver().url_patterns:
        if str(motif.pattern) == "comptes/":
            descendre(motif.url_patterns)
    return sorted(set(trouvees))


def visible(html: str) -> str:
    """The words of the page, those that assistive technology reads included."""
    corps = re.sub(r"<head>.*?</head>", "", html, flags=re.S)
    titre = re.search(r"<title>(.*?)</title>", html, re.S)[1]
    lus = " ".join(re.findall(r"(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"", corps))
    corps = re.sub(r"<(script|svg)\b.*?</\1>", " ", corps, flags=re.S)
    return " ".join(f"{titre} {lus} {re.sub(r'<[^>]+>', ' ', corps)}".split())


@contextmanager
def comme_si_de_rien_n_etait(client):
    """Whatever the request changes, session included, is undone: states stay what they are."""
    temoins = copy.deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = temoins


def examiner(reponse, nom: str) -> None:
    html = reponse.content.decode()
    assert 'class="entete"' in html, f"{nom}: not our header"
    assert len(re.findall(r"<h1\b", html)) == 1, f"{nom}: one title"
    assert re.search(r"<title>[^<–]{4,} – Hub du partenariat", html), f"{nom}: title"
    mots = PERMIS.sub("", visible(html))
    assert not (trouve := ANGLAIS.search(mots)), (
        f"{nom}: {mots[max(0, trouve.start() - 40) :][:90]}"
    )
    for champ in re.findall(r"<input\b[^>]*type=\"(?:email|password)\"[^>]*>", html):
        assert "autocomplete=" in champ, f"{nom}: {champ}"
    for champ in re.findall(r"<input\b[^>]*name=\"code\"[^>]*>", html):
        assert 'autocomplete="one-time-code"' in champ, f"{nom}: {champ}"
        assert 'inputmode="numeric"' in champ, f"{nom}: {champ}"
    assert "placeholder=" not in re.sub(r"type=\"search\"[^>]*", "", html), nom


@pytest.fixture
def etats(personne):
    """Clients at every point where a page of allauth may be met."""
    cache.clear()
    personne("code@exemple.fr")
    simple = personne("simple@exemple.fr", mot_de_passe=None)
    complet = personne("complet@exemple.fr", "moderateur")
    RecoveryCodes.activate(complet)
    cle = Authenticator.objects.create(
        user=complet,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Téléphone", "credential": CLE},
    )
    clients = {nom: Client() for nom in ["anonyme", "code", "inscription", "oubli", "etape"]}
    demander_un_code(clients["code"], "code@exemple.fr")
    clients["inscription"].post(reverse("account_signup"), {"email": "neuve@exemple.fr"})
    clients["oubli"].post(reverse("account_reset_password"), {"email": "code@exemple.fr"})
    clients["choix"] = Client()
    clients["choix"].post(reverse("account_reset_password"), {"email": "code@exemple.fr"})
    from tests.comptes.outils import code_recu

    donnees = {"code": code_recu("code@exemple.fr")}
    clients["choix"].post(reverse("account_confirm_password_reset_code"), donnees)
    entrer_par_mot_de_passe(clients["etape"], "complet@exemple.fr")
    clients["membre"] = Client()
    clients["membre"].force_login(personne("membre@exemple.fr"))
    clients["sans mot de passe"] = Client()
    entrer_par_code(clients["sans mot de passe"], simple.email)
    clients["deux étapes"] = Client()
    clients["deux étapes"].force_login(complet)
    session = clients["deux étapes"].session
    for passage in session["account_authentication_methods"]:
        passage["reauthenticated"] = True
    session.save()
    clients["adresse"] = Client()
    clients["adresse"].force_login(personne("adresse@exemple.fr"))
    clients["adresse"].post(
        reverse("account_email"), {"email": "suivante@exemple.fr", "action_add": ""}
    )
    clients["role sans étape"] = Client()
    clients["role sans étape"].force_login(personne("r@exemple.fr", "moderateur", sans_etape=True))
    return clients, cle


def test_every_page_of_every_state(etats):
    clients, cle = etats
    vues: dict[str, set] = {}
    for etat, client in clients.items():
        for nom in adresses():
            arguments = [cle.pk] if nom in {"mfa_edit_webauthn", "mfa_remove_webauthn"} else []
            adresse = reverse(nom, args=arguments)
            with comme_si_de_rien_n_etait(client):
                reponse = client.get(adresse)
            assert reponse.status_code in {200, 302, 403, 404, 405}, f"{etat} {nom}"
            if reponse.status_code != 200 or not reponse["Content-Type"].startswith("text/html"):
                continue
            examiner(reponse, f"{etat} {nom}")
            vues.setdefault(nom, set()).add(etat)
            # Sent empty, the same page explains what is missing.
            with comme_si_de_rien_n_etait(client):
                refus = client.post(adresse)
            if refus.status_code == 200:
                examiner(refus, f"{etat} {nom} (envoyé vide)")
    # Proof of coverage: each page that exists was seen in at least one state.
    jamais = set(adresses()) - set(vues)
    sans_page = {
        "mfa_login_webauthn",  # JSON, then a form
        "mfa_download_recovery_codes",  # a text file
    }
    assert jamais <= sans_page, f"never seen: {jamais - sans_page}"


def test_pages_that_no_address_shows_are_ours_too(rf):
    """Templates that allauth renders after an action, or if a setting changed."""
    from pathlib import Path

    import allauth

    paquet = Path(allauth.__file__).parent / "templates"
    siens = [
        str(chemin.relative_to(paquet))
        for dossier in ("account", "mfa", "usersessions")
        for chemin in (paquet / dossier).rglob("*.html")
    ]
    # Layers between a page and the layout, and what the hub never does (telephone, passkey alone).
    ecartes = re.compile(r"base[\w_]*\.html$|snippets/|phone|signup_by_passkey")
    assert len(siens) > 40
    for nom in siens:
        if not ecartes.search(nom):
            origine = get_template(nom).origin.name
            assert "site-packages" not in origine, f"{nom} is still allauth's own"


def test_every_mail_of_allauth_is_written_by_us():
    from pathlib import Path

    import allauth

    paquet = Path(allauth.__file__).parent / "templates"
    noms = {
        chemin.name.removesuffix("_message.txt")
        for dossier in ("account", "mfa")
        for chemin in (paquet / dossier / "email").glob("*_message.txt")
    } - {"base", "password_reset_key"}  # a link: the hub sends codes
    assert len(noms) > 12
    for nom in noms:
        source = get_template(f"courriels/comptes/{nom}.txt").template.source
        assert not ANGLAIS.search(re.sub(r"{.*?}|e-mail", "", source)), nom


def test_messages_are_ours():
    from pathlib import Path

    import allauth

    paquet = Path(allauth.__file__).parent / "templates"
    for chemin in paquet.glob("*/messages/*.txt"):
        nom = str(chemin.relative_to(paquet))
        if "phone" in nom or nom.startswith(("socialaccount", "idp")):
            continue
        assert "site-packages" not in get_template(nom).origin.name, nom


# A real registration by Chromium's virtual authenticator (public data: it opens nothing).
CLE = {
    "id": "4tul2WidEoiyhEzNjjeHVaryIUsPvc73iNtXUnGGuVA",
    "rawId": "4tul2WidEoiyhEzNjjeHVaryIUsPvc73iNtXUnGGuVA",
    "type": "public-key",
    "response": {
        "clientDataJSON": (
            "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQUEiLCJv"
            "cmlnaW4iOiJodHRwOi8vbG9jYWxob3N0In0"
        ),
        "attestationObject": (
            "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzz"
            "uoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIOLbpdlonRKIsoRMzY43h1Wq8iFLD73O94jbV1Jx"
            "hrlQpQECAyYgASFYIEhc2RueDfbKKN__TTFIOqSyZUIFqghd88Lxy12hKjKaIlggEfE6rIEkbEuR"
            "hrornO5xBy9P14H--bs8JMjCnKJt3ws"
        ),
    },
    "clientExtensionResults": {"credProps": {"rk": True}},
}
