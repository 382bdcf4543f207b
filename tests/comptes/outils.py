"""What a person does to come in: read a mail, type a code, open the application on the phone."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from hubpartenariat.socle.courriel import Courriel


def dernier_courriel(destinataire: str) -> Courriel | None:
    return Courriel.objects.filter(destinataire=destinataire).order_by("pk").last()


def code_recu(destinataire: str) -> str:
    """The code alone on its line in the last mail received."""
    courriel = dernier_courriel(destinataire)
    assert courriel, f"no mail to {destinataire}"
    trouve = re.search(r"^(\d{6})$", courriel.texte, re.M)
    assert trouve, courriel.texte
    return trouve[1]


def code_de_l_application(secret: str, decalage: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time() // 30) + decalage))


def demander_un_code(client, email: str, suite: str = ""):
    donnees = {"email": email} | ({"next": suite} if suite else {})
    return client.post(reverse("account_request_login_code"), donnees)


def entrer_par_code(client, email: str, suite: str = ""):
    """Ask for a code, read it, type it. Returns the last answer."""
    reponse = demander_un_code(client, email, suite)
    assert reponse.status_code == 302, reponse.content.decode()
    donnees = {"code": code_recu(email)} | ({"next": suite} if suite else {})
    return client.post(reverse("account_confirm_login_code"), donnees)


def entrer_par_mot_de_passe(client, email: str, mot_de_passe: str = "motdepasse-long", suite=""):
    donnees = {"login": email, "password": mot_de_passe} | ({"next": suite} if suite else {})
    return client.post(reverse("account_login"), donnees)


def est_entre(client) -> bool:
    return "_auth_user_id" in client.session
