"""« Signaler »: about what, seen by whom, and how it reaches the people who hold the right."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from annuaire import avis_suites
from annuaire.enums import EtatAppel, EtatOffre, EtatStructure
from annuaire.models import Appel, Message, MiseEnRelation, Offre, Signalement, Structure
from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee

PAR_JOUR = 10
TROP = (
    f"Vous avez envoyé {PAR_JOUR} signalements depuis hier. Ils sont bien reçus : revenez demain."
)


@dataclass(frozen=True)
class Genre:
    """What may be reported: its name in the sentence, and how to find one that a person sees."""

    libelle: str
    trouver: Callable


def _appel(cle, personne):
    a_moi = Q(equipe=personne) | Q(relations__profil__personne=personne)
    visibles = Appel.objects.filter(Q(etat__in=EtatAppel.publics()) | a_moi, slug=cle)
    return visibles.distinct().first()


def _structure(cle, personne):
    return Structure.objects.filter(etat=EtatStructure.PUBLIEE, slug=cle).first()


def _offre(cle, personne):
    a_moi = Q(profil__personne=personne) | Q(relations__repondant=personne)
    visibles = Offre.objects.filter(Q(etat=EtatOffre.OUVERTE) | a_moi, uuid=_uuid(cle))
    return visibles.distinct().first()


def _relation(cle, personne):
    relation = MiseEnRelation.objects.filter(uuid=_uuid(cle)).first()
    return relation if relation and relation.cote_de(personne) else None


def _message(cle, personne):
    message = Message.objects.filter(uuid=_uuid(cle)).select_related("relation").first()
    return message if message and message.relation.cote_de(personne) else None


def _uuid(cle: str):
    try:
        return uuid.UUID(cle)
    except ValueError:
        return None


GENRES = {
    "appel": Genre("un appel", _appel),
    "offre": Genre("une offre", _offre),
    "relation": Genre("une mise en relation", _relation),
    "message": Genre("un message", _message),
    "structure": Genre("une structure", _structure),
}
PAR_MODELE = {
    Appel: "appel",
    Offre: "offre",
    MiseEnRelation: "relation",
    Message: "message",
    Structure: "structure",
}


def trouver(genre: str, cle: str, personne):
    """The object, if ``personne`` may see it; None otherwise."""
    connu = GENRES.get(genre)
    return connu.trouver(cle, personne) if connu and "\x00" not in cle else None


def libelle_de(signalement) -> str:
    """« un message », from the type of the object: it may be gone."""
    modele = signalement.type_objet.model_class()
    return GENRES[PAR_MODELE[modele]].libelle if modele in PAR_MODELE else "autre chose"


def signaler(objet, par, texte: str) -> Signalement:
    """Write the report and tell those who may read it that there is one."""
    texte = texte.replace("\x00", "").strip()
    if not texte:
        raise TransitionRefusee("Dites en quelques mots ce qui s’est passé.")
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).get(pk=par.pk)
        hier = timezone.now() - timedelta(days=1)
        if Signalement.objects.filter(auteur=par, cree_le__gt=hier).count() >= PAR_JOUR:
            raise TransitionRefusee(TROP)
        signalement = Signalement.objects.create(
            auteur=par,
            type_objet=ContentType.objects.get_for_model(objet),
            cle_objet=str(objet.pk),
            texte=texte,
        )
        # Not who: the journal is read by more people than the reports.
        consigner(signalement, "signaler")
        avis_suites.signalement(signalement)
    return signalement
