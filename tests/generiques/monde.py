"""A small world: every role, every object in every state, made once and rolled back at the end.

``auteur`` owns one of each; ``autre`` owns a few of his own. In the directory, ``equipe`` and
``autre`` hold structures and appels, ``auteur`` and ``autre`` have profiles, ``referent`` is the
trusted third party. Nobody else owns anything. Each app adds its objects in its own file
(``monde_annuaire.py``), the fillers of its addresses in another (``adresses_annuaire.py``).
"""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.test import Client
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from cartographie.invitations import SEL, Invitation
from cartographie.models import Fiche, Lien
from hubpartenariat.comptes.roles import charger_roles
from hubpartenariat.socle.courriel import Courriel, EtatCourriel
from hubpartenariat.socle.documents import DemandeDocument, EtatDocument, demander
from hubpartenariat.socle.formulaires import SaisieEnAttente
from tests import fabriques
from tests.generiques.monde_annuaire import Annuaire
from tests.generiques.monde_syntheses import Syntheses
from tests.generiques.parties import construire_les_parties

# Order of the columns of the matrix. "-": holds the role, but has not shown a second factor in this
# session (relecteur) or has none at all (the two others).
ROLES = (
    "visiteur",
    "membre",
    "autre",
    "auteur",
    "equipe",
    "referent",
    "relecteur",
    "moderateur",
    "administrateur",
    "relecteur-",
    "moderateur-",
    "administrateur-",
)
GROUPES = {
    "equipe": ("membre", "referent_structure"),
    "referent": ("membre", "referent_territorial"),
    "relecteur": ("membre", "relecteur_ars"),
    "moderateur": ("membre", "moderateur"),
    "administrateur": ("membre", "administrateur"),
}
A_DEUX_FACTEURS = {"relecteur", "moderateur", "administrateur"}
SANS_FACTEUR = {"moderateur-", "administrateur-"}
ABSENT = uuid.UUID("00000000-0000-4000-8000-000000000000")


@dataclass
class Monde:
    """What the addresses are filled with: ``fiches["publiee"]``, ``documents["pret"]``…"""

    personnes: dict = field(default_factory=dict)
    fiches: dict[str, Fiche] = field(default_factory=dict)
    fiches_d_autre: dict[str, Fiche] = field(default_factory=dict)
    documents: dict[str, DemandeDocument] = field(default_factory=dict)
    invitations: dict[str, str] = field(default_factory=dict)
    annuaire: Annuaire = field(default_factory=Annuaire)
    syntheses: Syntheses = field(default_factory=Syntheses)
    parties: dict[str, object] = field(default_factory=dict)
    cle_webauthn: int = 0
    _sessions: dict[str, dict] = field(default_factory=dict)

    def client(self, role: str, classe=Client, **options) -> Client:
        """A client signed in as ``role``: the same session each time, a new client each time."""
        if role not in self._sessions:
            compte = self.personnes[role]
            avec = role in A_DEUX_FACTEURS
            self._sessions[role] = dict(fabriques.client_de(compte, mfa=avec).cookies)
        client = classe(**options)
        client.cookies.update(self._sessions[role])
        return client


def construire() -> Monde:
    """The world, in the transaction of the caller."""
    charger_roles()
    monde = Monde(personnes={"visiteur": None})
    for role in ROLES[1:]:
        groupes = GROUPES.get(role.rstrip("-"), ("membre",))
        courriel = f"{role.replace('-', '.sans')}@exemple.fr"
        monde.personnes[role] = fabriques.personne(
            courriel,
            *groupes,
            nom=role.rstrip("-").capitalize(),
            sans_etape=role in SANS_FACTEUR,
        )
    _fiches(monde)
    _invitations(monde)
    _documents(monde)
    monde.annuaire = Annuaire.construire(monde.personnes)
    monde.syntheses = Syntheses.construire(monde.personnes)
    construire_les_parties(monde)
    _courriels()
    monde.cle_webauthn = Authenticator.objects.create(
        user=monde.personnes["auteur"],
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Clé de bureau", "credential": _cle_d_acces()},
    ).pk
    for rang, nom in enumerate(("auteur", "autre")):
        UserSession.objects.create(
            user=monde.personnes[nom],
            ip=f"192.0.2.{rang}",
            session_key=f"{rang}" * 32,
            user_agent="Essai",
        )
        for fiche in (monde.fiches["publiee"], monde.fiches_d_autre["brouillon"]):
            Lien.objects.create(fiche=fiche, titre=f"Bilan {rang}", url="https://exemple.fr/b")
        LogEntry.objects.log_actions(
            monde.personnes["administrateur"].pk,
            get_user_model().objects.filter(pk=monde.personnes[nom].pk),
            CHANGE,
            change_message="Rôles",
        )
    SaisieEnAttente.objects.create(chemin="/cartographie/", donnees={"titre": ["Un texte"]})
    for role in ROLES:
        monde.client(role)
    ContentType.objects.clear_cache()
    return monde


def _cle_d_acces() -> dict:
    """A passkey as a browser registers it."""
    cle = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    donnees = AuthenticatorData.create(
        b"\x01" * 32,
        AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP,
        0,
        AttestedCredentialData.create(Aaguid.NONE, b"cle-de-bureau", cle),
    )
    client = CollectedClientData.create("webauthn.create", b"x" * 32, "http://localhost")
    return {
        "id": websafe_encode(b"cle-de-bureau"),
        "rawId": websafe_encode(b"cle-de-bureau"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(bytes(client)),
            "attestationObject": websafe_encode(
                bytes(AttestationObject.create("none", donnees, {}))
            ),
        },
        "clientExtensionResults": {},
    }


def _fiches(monde: Monde) -> None:
    auteur, autre = monde.personnes["auteur"], monde.personnes["autre"]
    monde.fiches["vide"] = fabriques.fiche(auteur, titre="", resume="", departements=[])
    for etat in fabriques.ETATS_DE_FICHE:
        titre = f"Fiche de l’auteur, {etat}"
        monde.fiches[etat] = fabriques.fiche(auteur, etat, titre=titre)
        monde.fiches_d_autre[etat] = fabriques.fiche(autre, etat, titre=f"Fiche d’autre, {etat}")
    revisee = fabriques.fiche(auteur, "publiee", titre="Fiche de l’auteur, en révision")
    monde.fiches["revision"] = revisee.ouvrir_revision(auteur)


def _invitations(monde: Monde) -> None:
    creee_par = monde.personnes["auteur"]
    adresse = monde.personnes["membre"].email
    for nom, etat, change in (
        ("ouverte", "brouillon", {}),
        ("acceptee", "a_completer", {"acceptee_le": timezone.now()}),
        ("expiree", "soumise", {"creee_le": timezone.now() - timedelta(days=30)}),
    ):
        une = Invitation.objects.create(
            fiche=monde.fiches[etat], courriel=adresse, creee_par=creee_par
        )
        Invitation.objects.filter(pk=une.pk).update(**change)
        monde.invitations[nom] = une.jeton
    monde.invitations["absente"] = signing.dumps(str(ABSENT), salt=SEL)


def _documents(monde: Monde) -> None:
    auteur = monde.personnes["auteur"]
    for etat in EtatDocument.values:
        # A kind of document is unique by its data: one fiche for each state.
        fiche = fabriques.fiche(auteur, "publiee", titre=f"Fiche au document {etat}")
        demande = demander("fiche", {"fiche": str(fiche.uuid)}, auteur)
        DemandeDocument.objects.filter(pk=demande.pk).update(etat=etat, cree_le=timezone.now())
        monde.documents[etat] = demande
    brouillon = {"fiche": str(monde.fiches["brouillon"].uuid), "travail": True}
    monde.documents["prive"] = demander("fiche", brouillon, auteur)


def _courriels() -> None:
    for etat in EtatCourriel.values:
        Courriel.objects.create(
            destinataire="auteur@exemple.fr",
            sujet=f"Message {etat}",
            texte="Bonjour,\n\nUn message.",
            expediteur="hub@exemple.fr",
            etat=etat,
            confidentiel=etat == EtatCourriel.ENVOYE,
        )
