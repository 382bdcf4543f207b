"""The matrix role × address compared with the resolver and with what each role obtains.

Also: strangers cannot tell an object that is not theirs from one that does not exist, and a POST
by somebody who may not look writes nothing.
"""

import re
from urllib.parse import unquote, urlsplit

import pytest
from django.db import transaction

from tests.generiques import matrice
from tests.generiques.adresses import Adresse, adresses
from tests.generiques.monde import ROLES
from tests.outils import bilan, tables
from tests.outils.controle import est_une_page

pytestmark = pytest.mark.django_db

DEUX_FACTEURS = ("/comptes/2fa/", "/comptes/2fa/reauthenticate/")


@pytest.fixture(scope="module")
def toutes(monde) -> list[Adresse]:
    return adresses(monde)


def demander(monde, role, chemin, methode="get"):
    """One request, undone."""
    with transaction.atomic():
        reponse = getattr(monde.client(role), methode)(chemin)
        if reponse.streaming:
            b"".join(reponse.streaming_content)
        transaction.set_rollback(True)
    return reponse


def classer(reponse, chemin: str) -> str:
    """The answer as a word of the matrix."""
    if reponse.status_code not in (301, 302, 303):
        return str(reponse.status_code)
    cible = urlsplit(reponse["Location"])
    if cible.path == "/comptes/login/" and not chemin.startswith("/comptes/login/"):
        return "entrer"
    if cible.path == "/comptes/reauthenticate/":
        return "redire"
    if cible.path == "/administration/login/":
        return "porte"
    if cible.path in DEUX_FACTEURS and cible.path != chemin:
        return "prouver"
    return "ailleurs"


def observer(monde, adresse) -> tuple[str, ...]:
    return tuple(classer(demander(monde, r, adresse.chemin), adresse.chemin) for r in ROLES)


def test_matrix_and_resolver_name_the_same_addresses(monde, toutes):
    attendues, trouvees = set(matrice.attendues()), {adresse.nom: adresse for adresse in toutes}
    sans_ligne = [
        matrice.ligne(nom, observer(monde, adresse))
        for nom, adresse in trouvees.items()
        if nom not in attendues
    ]
    assert not sans_ligne, "without a line in matrice/:\n" + "\n".join(sans_ligne)
    assert attendues - set(trouvees) == set(), "in matrice/, but no longer routed"


def test_every_role_obtains_what_the_matrix_says(monde, toutes):
    attendues = matrice.attendues()
    ecarts = []
    for adresse in toutes:
        attendu = attendues.get(adresse.nom)
        obtenu = observer(monde, adresse)
        for role, voulu, vu in zip(ROLES, attendu or obtenu, obtenu, strict=True):
            if voulu != vu:
                ecarts.append(f"{adresse.nom} as {role}: {vu} instead of {voulu}")
    bilan.dire(f"matrix: {len(toutes)} addresses × {len(ROLES)} roles")
    assert not ecarts, "\n".join(ecarts)


def test_what_is_not_public_says_where_one_comes_from(monde, toutes):
    """Signing in leads back to the page that was asked."""
    for adresse in toutes:
        reponse = demander(monde, "visiteur", adresse.chemin)
        if adresse.motif.nom in ETAPES:
            continue
        if classer(reponse, adresse.chemin) == "entrer":
            assert f"next={adresse.chemin}" in unquote(reponse["Location"]), adresse.nom


# Steps of a sign-in that was not begun: they lead to its beginning.
ETAPES = {
    "account_email_verification_sent",
    "account_confirm_password_reset_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "admin:login",
}


# --- Existence ------------------------------------------------------------------------------
def corps_compare(reponse, adresse: Adresse) -> str:
    """The body without what must differ: the address asked for, tokens made for each answer."""
    if not est_une_page(reponse):
        return str(reponse.get("Content-Type"))
    html = reponse.content.decode().replace(adresse.chemin, "CHEMIN")
    return re.sub(r'(name="csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", html)


def test_foreign_and_missing_objects_look_the_same(monde, toutes):
    """Same status, same body, same headers, whatever the method: nobody can list what exists."""
    par_motif: dict[str, list[Adresse]] = {}
    for adresse in toutes:
        if adresse.motif.parametres and not adresse.motif.est_admin:
            par_motif.setdefault(adresse.motif.nom, []).append(adresse)
    compares, fuites = 0, []
    for liste in par_motif.values():
        absente = next((a for a in liste if a.etat.startswith("absent")), None)
        if absente is None:
            continue
        for role in ("membre", "autre", "relecteur", "moderateur", "administrateur", "visiteur"):
            for methode in ("get", "post"):
                temoin = demander(monde, role, absente.chemin, methode)
                for adresse in liste:
                    vue = demander(monde, role, adresse.chemin, methode)
                    refusee = vue.status_code in (403, 404)
                    if adresse is absente or not refusee or adresse.nom in PUBLIE_SON_EXISTENCE:
                        continue
                    compares += 1
                    if (vue.status_code, corps_compare(vue, adresse)) != (
                        temoin.status_code,
                        corps_compare(temoin, absente),
                    ):
                        fuites.append(f"{methode} {adresse.nom} as {role}: {vue.status_code}")
    assert compares > 200
    assert not fuites, "\n".join(fuites)


# The link of an invitation was mailed: whoever holds it may know that it was for somebody else.
PUBLIE_SON_EXISTENCE = {
    "cartographie:invitation[ouverte]",
    "cartographie:invitation[acceptee]",
    "cartographie:invitation[expiree]",
}


# --- Writing --------------------------------------------------------------------------------
REFUS = {"entrer", "prouver", "porte", "404", "403"}


def test_who_may_not_look_may_not_write(monde, toutes):
    """A POST to everything that is refused: refused again, and the tables are unchanged."""
    attendues, fautes, essais = matrice.attendues(), [], 0
    avant = tables.empreintes()
    for adresse in toutes:
        for role, attendu in zip(ROLES, attendues.get(adresse.nom, ()), strict=False):
            if attendu not in REFUS:
                continue
            essais += 1
            with tables.ecritures() as ecrites, transaction.atomic():
                reponse = monde.client(role).post(adresse.chemin, {"vers": "ici", "post": "yes"})
                vu = classer(reponse, adresse.chemin)
                # On purpose, when the session has expired: what somebody typed.
                garde = hasattr(adresse.motif.vue, "garder_la_saisie")
                gardees = {"socle_saisieenattente"} if garde else set()
                if ecrites and tables.changees(avant) - gardees:
                    fautes.append(f"POST {adresse.nom} as {role} wrote: {ecrites[0][:120]}")
                transaction.set_rollback(True)
            if vu not in REFUS | {"405", "ailleurs"}:
                fautes.append(f"POST {adresse.nom} as {role}: {vu}")
    bilan.dire(f"write crawl: {essais} refused POSTs")
    assert essais > 500
    assert not fautes, "\n".join(fautes)
