"""People of each role, clients signed in as they are, fiches and documents in every state.

Plain functions, so that fixtures, generic tests and the browser's server use the same ones.
"""

import itertools
import time

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from cartographie.enums import GenreRemarque
from cartographie.models import Fiche
from hubpartenariat.comptes.roles import charger_roles

MOT_DE_PASSE = "motdepasse-long"
_numero = itertools.count(1)

COMPLETE = {
    "titre": "Café des pairs en néphrologie",
    "resume": "Une fois par mois, des patients greffés accueillent ceux qui attendent.",
    "type_structure": "hopital",
    "structure_nom": "Hôpital des Tilleuls",
    "departements": ["94"],
    "avancement": "en_cours",
    "acteurs": ["patients_partenaires", "soignants"],
    "domaines": ["parcours"],
    "formes": ["pair_aidance"],
    "degre": "collaboration",
    "recrutements": ["patientele"],
    "statuts": ["benevolat"],
    "cadres": ["aucun"],
    "besoins": ["outils"],
}
REMARQUE = {
    "champ": "resume",
    "genre": GenreRemarque.INCOMPLET,
    "texte": "Dites depuis quand.",
}
ETATS_DE_FICHE = ("brouillon", "soumise", "a_completer", "publiee", "archivee", "refusee")


def personne(
    email: str = "",
    *roles: str,
    mot_de_passe: str | None = MOT_DE_PASSE,
    sans_etape: bool = False,
    **champs,
):
    """An account with a verified address. ``roles`` are those of ``comptes.enums.Role``.

    Whoever must have a second step at sign-in has one, unless ``sans_etape``.
    """
    email = email or f"personne{next(_numero)}@exemple.fr"
    compte = get_user_model().objects.create_user(email, mot_de_passe, **champs)
    EmailAddress.objects.create(user=compte, email=email, verified=True, primary=True)
    if roles:
        if Group.objects.filter(name__in=roles).count() < len(set(roles)):
            charger_roles()
        compte.attribuer_roles(roles)
    if compte.doit_avoir_deux_facteurs and not sans_etape:
        activer_deux_facteurs(compte)
    return compte


def activer_deux_facteurs(compte) -> Authenticator:
    """Give the account a TOTP application, as its activation page does."""
    existant = Authenticator.objects.filter(user=compte, type=Authenticator.Type.TOTP).first()
    return existant or TOTP.activate(compte, generate_totp_secret()).instance


def client_de(compte=None, *, mfa: bool = False, classe=Client, **options) -> Client:
    """A client signed in as ``compte`` (nobody: a visitor), with its second factor if asked."""
    client = classe(**options)
    if compte is None:
        return client
    client.force_login(compte)
    # What allauth notes of a sign-in confirmed just now: delicate pages then ask no more.
    passages = [
        {"method": "password", "at": time.time(), "email": compte.email, "reauthenticated": True}
    ]
    if mfa:
        facteur = activer_deux_facteurs(compte)
        passages.append({"method": "mfa", "at": time.time(), "id": facteur.pk, "type": "totp"})
    session = client.session
    session["account_authentication_methods"] = passages
    session["account_authentication_methods_user"] = str(compte.pk)
    session.save()
    return client


def fiche(auteur, etat: str = "brouillon", *, moderateur=None, **champs) -> Fiche:
    """A fiche of ``auteur`` (one or several), complete unless told otherwise, in this state.

    Moved there by the transitions of the model; without a moderator the operator decides.
    """
    auteurs = list(auteur) if isinstance(auteur, (list, tuple)) else [auteur]
    faite = Fiche.objects.create(**(COMPLETE | champs))
    faite.auteurs.set(auteurs)
    if etat != "brouillon":
        faite.soumettre(auteurs[0])
    if etat == "a_completer":
        faite.demander_complements(moderateur, [REMARQUE])
    if etat == "refusee":
        faite.refuser(moderateur, "Hors sujet.")
    if etat in ("publiee", "archivee"):
        faite.publier(moderateur)
    if etat == "archivee":
        faite.archiver(moderateur, "Terminée.")
    return faite


def fiches_publiees(auteur, nombre: int, **champs) -> list[Fiche]:
    """Many published fiches at once, below the transitions: for pages that list them."""
    maintenant = timezone.now()
    rangs = [next(_numero) for _ in range(nombre)]
    faites = Fiche.objects.bulk_create(
        Fiche(
            **(
                COMPLETE
                | {"titre": f"Démarche {rang}", "slug": f"demarche-{rang}"}
                | {"etat": "publiee", "publiee_le": maintenant, "soumise_le": maintenant}
                | champs
            )
        )
        for rang in rangs
    )
    for une in faites:
        une.auteurs.add(auteur)
    return faites
