"""Taking a person out of what holds no key to them: mails, documents, sessions, texts of others."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.utils import timezone

from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.documents import DemandeDocument

PARTIE = "une personne qui a quitté le hub"
LONGUEUR_D_UN_NOM = 3  # shorter names are found in too many words


def adresses_de(personne) -> list[str]:
    """Every address of this account, the one that it signs in with first. One query, once.

    Remembered: while somebody is being erased their addresses are still looked for.
    """
    if not hasattr(personne, "_adresses_connues"):
        autres = personne.emailaddress_set.values_list("email", flat=True)
        personne._adresses_connues = [personne.email, *(a for a in autres if a != personne.email)]
    return personne._adresses_connues


# --- Mails -----------------------------------------------------------------------------------
def effacer_les_courriels(personne) -> None:
    """Mails to this person go; in those to others, what names them is replaced."""
    adresses = adresses_de(personne)
    for adresse in adresses:
        for courriel in Courriel.objects.filter(destinataire__iexact=adresse):
            _retirer_les_fichiers(courriel)
            courriel.delete()
    noms = [*adresses, *([personne.nom] if len(personne.nom) >= LONGUEUR_D_UN_NOM else [])]
    taire(noms)


def taire(noms: list[str]) -> None:
    """Replace these names in the mails to others, sent or waiting: they still make sense."""
    for nom in filter(None, noms):
        motif = re.compile(rf"(?<!\w){re.escape(nom)}(?!\w)", re.I)
        for courriel in Courriel.objects.filter(texte__icontains=nom):
            _retirer_les_fichiers(courriel)
            Courriel.objects.filter(pk=courriel.pk).update(
                sujet=motif.sub(PARTIE, courriel.sujet)[:250],
                texte=motif.sub(PARTIE, courriel.texte),
                html=motif.sub(PARTIE, courriel.html),
            )


def _retirer_les_fichiers(courriel) -> None:
    """What the embedded set-up wrote instead of sending (DossierDeCourriels)."""
    dossier = Path(settings.EMAIL_FILE_PATH)
    for chemin in dossier.glob(f"*_{courriel.pk}.*") if dossier.is_dir() else ():
        chemin.unlink(missing_ok=True)


# --- Documents -------------------------------------------------------------------------------
def effacer_les_documents(personne) -> None:
    """Documents that nobody else asked for go with their file; of the others, only the asking."""
    for demande in DemandeDocument.objects.filter(demandeurs=personne):
        if demande.demandes > 1 and _d_autres_le_lisent(demande, personne):
            demande.demandeurs.remove(personne)
            continue
        if demande.fichier:
            demande.chemin.unlink(missing_ok=True)
        demande.delete()


def _d_autres_le_lisent(demande, personne) -> bool:
    """Visitors, of a public document; otherwise somebody else who asked and may."""
    if demande.accessible_a(AnonymousUser()):
        return True
    return any(demande.accessible_a(a) for a in demande.demandeurs.exclude(pk=personne.pk))


def fichiers_de(personne) -> Iterator[tuple[str, Path]]:
    """The documents that this person may download now, under the name they would have."""
    for demande in DemandeDocument.objects.filter(demandeurs=personne):
        if demande.existe and demande.accessible_a(personne):
            nom = demande.le_genre.nom_fichier(demande.parametres)
            yield f"documents/{str(demande.pk)[:8]}-{nom}", demande.chemin


# --- Sessions --------------------------------------------------------------------------------
def sessions_de(personne) -> Iterator[tuple[Session, dict]]:
    """Open sessions of this person with what they hold. Reads every session: rare requests only."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        donnees = session.get_decoded()
        if donnees.get("_auth_user_id") == str(personne.pk):
            yield session, donnees


def effacer_les_sessions(personne) -> None:
    for session, _ in list(sessions_de(personne)):
        session.delete()
