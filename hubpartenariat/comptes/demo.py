"""One plainly invented account for each role, for demonstrations only."""

import base64
import hashlib
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hubpartenariat.comptes.enums import Role
from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.comptes.roles import charger_roles

DOMAINE = "demo.hub.example"
MOT_DE_PASSE = "demo-partenariat-2026"  # printed at start: it protects nothing


@dataclass(frozen=True)
class CompteDemo:
    """An account of the demo."""

    courriel: str
    nom: str
    roles: tuple[Role, ...]

    @property
    def avec_etape(self) -> bool:
        return not Role.exigeant_deux_facteurs().isdisjoint(self.roles)


COMPTES = [
    CompteDemo(f"membre@{DOMAINE}", "Camille (exemple)", (Role.MEMBRE,)),
    CompteDemo(f"structure@{DOMAINE}", "Dominique (exemple)", (Role.REFERENT_STRUCTURE,)),
    CompteDemo(f"territoire@{DOMAINE}", "Sacha (exemple)", (Role.REFERENT_TERRITORIAL,)),
    CompteDemo(f"ars@{DOMAINE}", "Claude (exemple)", (Role.RELECTEUR_ARS,)),
    CompteDemo(f"moderateur@{DOMAINE}", "Maxime (exemple)", (Role.MODERATEUR,)),
    CompteDemo(
        f"administrateur@{DOMAINE}", "Alix (exemple)", (Role.MODERATEUR, Role.ADMINISTRATEUR)
    ),
]


class DemoRefusee(Exception):
    """Why demo accounts may not be made here, in French."""


def secret_demo(courriel: str) -> str:
    """The TOTP secret of a demo account: known to all, like its password."""
    empreinte = hashlib.sha256(f"demo du hub : {courriel}".encode()).digest()
    return base64.b32encode(empreinte[:20]).decode()


def raison_de_refuser() -> str | None:
    """Accounts whose password is public have no place on a hub that people use."""
    if settings.HTTPS:
        return "Ce hub est ouvert au public (HTTPS) : pas de comptes de démonstration ici."
    autres = Utilisateur.objects.exclude(email__endswith=f"@{DOMAINE}")
    if not settings.EMBARQUE and autres.exists():
        return "Ce hub a déjà de vrais comptes : pas de comptes de démonstration ici."
    return None


@transaction.atomic
def charger_comptes_demo() -> list[Utilisateur]:
    """Make the demo accounts, or put them right. Raises DemoRefusee outside a demonstration."""
    if raison := raison_de_refuser():
        raise DemoRefusee(raison)
    charger_roles()
    return [_charger(compte) for compte in COMPTES]


def _charger(demo: CompteDemo) -> Utilisateur:
    compte = Utilisateur.objects.filter(email=demo.courriel).first()
    if compte is None:
        compte = Utilisateur.objects.create_user(
            demo.courriel, MOT_DE_PASSE, nom=demo.nom, last_login=timezone.now()
        )
    EmailAddress.objects.update_or_create(
        user=compte, email=demo.courriel, defaults={"verified": True, "primary": True}
    )
    compte.attribuer_roles(demo.roles)
    etapes = Authenticator.objects.filter(user=compte, type=Authenticator.Type.TOTP)
    if demo.avec_etape and not etapes.exists():
        TOTP.activate(compte, secret_demo(demo.courriel))
        RecoveryCodes.activate(compte)
    return compte


def presentation() -> list[str]:
    """What the start prints: who may come in, with what. Empty without demo accounts."""
    presents = set(
        Utilisateur.objects.filter(email__endswith=f"@{DOMAINE}", is_active=True).values_list(
            "email", flat=True
        )
    )
    comptes = [compte for compte in COMPTES if compte.courriel in presents]
    if not comptes:
        return []
    large = max(len(compte.courriel) for compte in comptes)
    lignes = [f"Comptes de démonstration (mot de passe : {MOT_DE_PASSE}) :"]
    for compte in comptes:
        roles = ", ".join(role.label for role in compte.roles)
        etape = " + code à usage unique" if compte.avec_etape else ""
        lignes.append(f"  {compte.courriel:<{large}}  {roles}{etape}")
    lignes += [
        "Le code à usage unique du moment : "
        f".venv/bin/python manage.py code_demo moderateur@{DOMAINE}",
        f"Les courriels envoyés se lisent dans {settings.EMAIL_FILE_PATH}/",
    ]
    return lignes
