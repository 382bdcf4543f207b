"""What a meeting concluded, validated by those who were in the project when it was written.

Each state of the text has its own list of people, frozen that day: somebody who comes in later has
nothing to vouch for, and somebody who leaves keeps what they have said.
"""

from django.db import IntegrityError, transaction
from django.db.models import F

from hubpartenariat.socle.journal import consigner
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.models import Participation, Projet, Releve, Validation
from ressources.projets import avis

RELEVES_AU_PLUS = 200
ARRIVE_APRES = "Vous avez rejoint le projet après ce relevé : vous n’avez pas à le valider."


class RelevePerime(Exception):
    """Somebody corrected it meanwhile; nothing was written."""


# --- Writing -------------------------------------------------------------------------------------
def ecrire(projet: Projet, champs: dict, par) -> Releve:
    """A new record, to be validated by everyone who is in the project today."""
    if projet.releves.count() >= RELEVES_AU_PLUS:
        raise TransitionRefusee(f"{RELEVES_AU_PLUS} relevés au plus par projet.")
    with transaction.atomic():
        releve = projet.releves.create(**champs, attendus=_presents(projet))
        consigner(projet, "ecrire_releve", par)
        _prevenir(releve, par)
    return releve


def corriger(releve: Releve, champs: dict, revision: int, par) -> None:
    """A new state of the text: everyone of today is asked to validate it."""
    with transaction.atomic():
        faits = Releve.objects.filter(pk=releve.pk, revision=revision).update(
            **champs, revision=F("revision") + 1, attendus=_presents(releve.projet)
        )
        if faits != 1:
            raise RelevePerime
        consigner(releve.projet, "corriger_releve", par)
        releve.refresh_from_db()
        _prevenir(releve, par)


def _prevenir(releve: Releve, par) -> None:
    """Tell everyone asked but the writer, who has it under the eyes."""
    gens = Participation.objects.filter(pk__in=releve.attendus).exclude(personne=par)
    for participation in gens.select_related("personne"):
        avis.releve_a_valider(releve, participation)


def _presents(projet: Projet) -> list[int]:
    return list(projet.presents().values_list("pk", flat=True))


# --- Validating ----------------------------------------------------------------------------------
def raison_de_ne_pas_valider(releve: Releve, participation: Participation) -> str | None:
    if participation.pk not in releve.attendus:
        return ARRIVE_APRES
    faites = releve.validations.filter(participation=participation, revision=releve.revision)
    return "Vous avez déjà validé ce texte." if faites.exists() else None


def valider(releve: Releve, participation: Participation, revision: int) -> None:
    """This person vouches for the text that they have read."""
    if releve.revision != revision:
        raise TransitionRefusee("Le texte a changé pendant que vous le lisiez : relisez-le.")
    if raison := raison_de_ne_pas_valider(releve, participation):
        raise TransitionRefusee(raison)
    try:
        with transaction.atomic():
            Validation.objects.create(releve=releve, participation=participation, revision=revision)
            consigner(releve.projet, "valider_releve", participation.personne)
    except IntegrityError:
        raise TransitionRefusee("Vous avez déjà validé ce texte.") from None


def qui_valide(releve: Releve, equipe=None) -> list[dict]:
    """Everyone asked, in the same order for all: name, side, validation or None, left or not.

    ``equipe``: every participation of the project, when the caller has read them already.
    """
    if equipe is None:
        equipe = Participation.objects.filter(pk__in=releve.attendus)
    faites = {
        v.participation_id: v for v in releve.validations.all() if v.revision == releve.revision
    }
    return [
        {
            "nom": p.nom,
            "voix": p.get_voix_display(),
            "validation": faites.get(p.pk),
            "partie": p.partie_le is not None,
        }
        for p in equipe
        if p.pk in releve.attendus
    ]


def attendus(lignes: list[dict]) -> list[str]:
    """Who is still awaited: nobody waits for somebody who has left."""
    return [ligne["nom"] for ligne in lignes if not ligne["validation"] and not ligne["partie"]]


def est_valide(lignes: list[dict]) -> bool:
    """Whether all those who could have vouched for it."""
    return any(ligne["validation"] for ligne in lignes) and not attendus(lignes)


def attendus_par_releve(projet: Projet) -> dict[int, list[str]]:
    """{record: who is still awaited}, for every record of a project. Three queries."""
    equipe = list(projet.participations.all())
    tous = projet.releves.prefetch_related("validations")
    return {releve.pk: attendus(qui_valide(releve, equipe)) for releve in tous}
