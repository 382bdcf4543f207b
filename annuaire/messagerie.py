"""Messages between the two sides of a mise en relation: through the hub, no address shown."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from annuaire import avis_suites
from annuaire.coordonnees import REFUS, contient_des_coordonnees
from annuaire.enums import Cote, EtatRelation
from annuaire.models import MiseEnRelation
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee

PAR_JOUR = 30  # messages that one person may send in twenty-four hours, all relations together
RECENTS = 3  # messages read together: a number is also given in pieces
PAS_LA_VOTRE = "Cette mise en relation n’est pas la vôtre."
FERMES = "Les messages sont fermés."
TERMINEE = "Cette mise en relation est terminée : on ne s’y écrit plus."
TROP = (
    f"Vous avez envoyé {PAR_JOUR} messages depuis hier. Revenez demain : votre texte est gardé sur "
    "cette page tant qu’elle reste ouverte."
)


def ouverte(relation) -> bool:
    """May its two sides still write to each other, messages closed or not?"""
    return relation.etat in (EtatRelation.EN_COURS, EtatRelation.ACCORDEE)


def raison_de_ne_pas_ecrire(relation, par) -> str | None:
    if relation.cote_de(par) is None:
        return PAS_LA_VOTRE
    if not ouverte(relation):
        return TERMINEE
    return FERMES if relation.messages_fermes_par else None


def raison_de_ne_pas_fermer(relation, par) -> str | None:
    return raison_de_ne_pas_ecrire(relation, par)


def raison_de_ne_pas_rouvrir(relation, par) -> str | None:
    """Only the side that closed opens again; the other is told nothing of who closed."""
    cote = relation.cote_de(par)
    if cote is None:
        return PAS_LA_VOTRE
    if not ouverte(relation):
        return TERMINEE
    return None if relation.messages_fermes_par == cote else FERMES


def ecrire(relation, par, texte: str):
    """Send one message. Its reader is told by mail that there is one, and nothing else."""
    texte = texte.replace("\x00", "").strip()
    with transaction.atomic():
        # The row of the author is the lock of the daily limit, that of the relation of its closing.
        get_user_model().objects.select_for_update(no_key=True).get(pk=par.pk)
        relation = verrouillee(relation)
        if raison := raison_de_ne_pas_ecrire(relation, par):
            raise TransitionRefusee(raison)
        if not texte:
            raise TransitionRefusee("Écrivez quelques mots.")
        if par_jour(par) >= PAR_JOUR:
            raise TransitionRefusee(TROP)
        cote = relation.cote_de(par)
        if relation.etat != EtatRelation.ACCORDEE and _coordonnees(relation, cote, texte):
            raise TransitionRefusee(REFUS)
        message = relation.messages.create(cote=cote, auteur=par, texte=texte)
        avis_suites.message(message)
    return message


def fermer(relation, par):
    """Close the messages, for both sides, without a reason."""
    with transaction.atomic():
        relation = verrouillee(relation)
        if raison := raison_de_ne_pas_fermer(relation, par):
            raise TransitionRefusee(raison)
        _noter(relation, par, "fermer_messages", relation.cote_de(par))


def rouvrir(relation, par):
    with transaction.atomic():
        relation = verrouillee(relation)
        if raison := raison_de_ne_pas_rouvrir(relation, par):
            raise TransitionRefusee(raison)
        _noter(relation, par, "rouvrir_messages", "")


def lire(relation, cote, *, marquer=True) -> list:
    """The thread as one side reads it; ``marquer``: what came from the other is now read.

    Two queries.
    """
    fil = list(relation.messages.select_related("auteur"))
    if marquer and any(message.cote != cote and message.lu_le is None for message in fil):
        relation.messages.filter(lu_le=None).exclude(cote=cote).update(lu_le=timezone.now())
    return fil


def par_jour(par) -> int:
    """How many messages ``par`` sent in the last twenty-four hours. One query."""
    from annuaire.models import Message

    return Message.objects.filter(
        auteur=par, envoye_le__gt=timezone.now() - timedelta(days=1)
    ).count()


def verrouillee(relation):
    """The same relation, read again under lock."""
    return (
        MiseEnRelation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("profil__personne", "appel", "offre", "repondant")
        .get(pk=relation.pk)
    )


def _coordonnees(relation, cote, texte) -> bool:
    """Alone, or after the last messages of the same side: a number is also given in pieces."""
    avant = relation.messages.filter(cote=cote).order_by("-pk").values_list("texte", flat=True)
    derniers = [*reversed(avant[:RECENTS]), texte]
    return contient_des_coordonnees(texte) or contient_des_coordonnees(" ".join(derniers))


def _noter(relation, par, action, valeur):
    cote = relation.cote_de(par)
    relation.messages_fermes_par = valeur
    relation.save(update_fields=["messages_fermes_par"])
    consigner(relation, action, par if cote == Cote.EQUIPE else None, cote=str(cote))
