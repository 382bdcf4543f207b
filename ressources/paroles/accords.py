"""Agreements of the people quoted, given or taken back by a mailed link, without an account."""

import uuid

from django.core import signing
from django.db import transaction
from django.utils import timezone

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.enums import Accord
from ressources.models import Parole, PersonneCitee

SEL = "ressources.parole.accord"
CITEES_AU_PLUS = 8


def jeton(citee) -> str:
    """What the link carries: signed; it serves as long as the person is quoted."""
    return signing.dumps(str(citee.uuid), salt=SEL)


def du_jeton(texte: str) -> PersonneCitee | None:
    """The person of a link; None when the hub did not make it, or when they are quoted no more."""
    try:
        cle = uuid.UUID(signing.loads(texte, salt=SEL))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    trouvees = PersonneCitee.objects.select_related("parole__auteur")
    return trouvees.filter(uuid=cle).first()


@transaction.atomic
def repondre(citee: PersonneCitee, reponse: str | None, lue: str) -> None:
    """« oui » or « non » to the words whose mark is ``lue``; the public copy follows at once.

    Raises ``TransitionRefusee`` when the story changed since the page was read; a no always counts.
    """
    if reponse not in ("oui", "non"):
        raise TransitionRefusee("Répondez par oui ou par non.")
    oui = reponse == "oui"
    parole = Parole.objects.select_for_update().get(pk=citee.parole_id)
    citee = PersonneCitee.objects.select_related("parole").get(pk=citee.pk)
    if oui and lue != citee.marque:
        raise TransitionRefusee("Le récit a changé pendant votre lecture : relisez-le.")
    PersonneCitee.objects.filter(pk=citee.pk).update(
        accord=Accord.DONNE if oui else Accord.REFUSE,
        empreinte=citee.marque if oui else "",
        repondu_le=timezone.now(),
    )
    parole.refaire_la_copie()
    consigner(parole, "accorder" if oui else "ne_pas_accorder", None)
