"""The demonstration: a consultation open now, answered by 78 invented people."""

from datetime import timedelta

from django.utils import timezone

from consultation import questionnaires, saisie
from consultation.enums import Source
from consultation.models import Consultation
from consultation.restitution import charger_2025, faits, poser_les_questions, repondants_de_2025

SLUG = "consultation-d-exemple"


def charger() -> int:
    """Open consultation of the demonstration and its answers. Returns how many answers were added.

    The answers give the published table of 2025, wherever 78 people can. Safe to run again.
    """
    if Consultation.objects.filter(slug=SLUG).exists():
        return 0
    maintenant = timezone.now()
    consultation = Consultation.objects.create(
        slug=SLUG,
        titre="Exemple : les 21 propositions, un an après",
        presentation=(
            "Que reste-t-il des 21 propositions de 2025, et dans quel ordre avancer ? Cette "
            "consultation est inventée pour la démonstration, ses réponses aussi."
        ),
        ouvre_le=maintenant - timedelta(days=20),
        ferme_le=maintenant + timedelta(days=40),
        precedente=charger_2025(),
        exemple=True,
    )
    connus = faits()
    poser_les_questions(consultation, connus)
    consultation.ouvrir()
    return remplir(consultation, repondants_de_2025(), source=Source.WEB)


def remplir(consultation, gens: list[dict], source=Source.IMPORT) -> int:
    """Write the answers of these people (as ``repondants_de_2025`` gives them), each once."""
    questionnaire = questionnaires.figer(consultation)
    return sum(
        saisie.importer(
            consultation,
            f"{consultation.slug}-{numero}",
            une | {"source": source, "remarques": une.get("remarques", {})},
            questionnaire,
        )
        for numero, une in enumerate(gens)
    )
