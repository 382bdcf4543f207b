"""The demonstration: a consultation open now, answered by 78 invented people."""

from datetime import timedelta

from django.utils import timezone

from consultation import questionnaires, saisie
from consultation.enums import EtatContribution, GenreDeQuestion, Source
from consultation.models import Consultation, Seance, Soutien
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
    charger_les_seances(consultation)
    return remplir(consultation, repondants_de_2025(), source=Source.WEB)


def charger_les_seances(consultation) -> None:
    """A live session that is over, tied to propositions, and one to join now."""
    jour = timezone.localdate()
    a_propos = {p.code: p for p in consultation.propositions.filter(code__in=["P1", "P2"])}
    finie = Seance.objects.create(
        code="EXEMPL",
        titre="Exemple : une séance à propos du cadre",
        date=jour - timedelta(days=12),
        consultation=consultation,
        exemple=True,
    )
    mot = finie.questions.create(
        genre=GenreDeQuestion.MOT, intitule="Un bon cadre, en un mot ?", proposition=a_propos["P1"]
    )
    idee = finie.questions.create(
        genre=GenreDeQuestion.MOI_AUSSI,
        intitule="Par quoi commencer dans votre équipe ?",
        ordre=1,
        proposition=a_propos["P2"],
    )
    finie.ouvrir()
    for texte in ("clair", "Clair", "claire", "souple", "souples", "écrit", "Souple", "partagé"):
        mot.contributions.create(texte=texte, etat=EtatContribution.MONTREE)
    for texte, soutiens in (
        ("Se réunir une heure par mois, à deux voix.", 4),
        ("Relire ensemble un seul document.", 2),
    ):
        une = idee.contributions.create(texte=texte, etat=EtatContribution.MONTREE)
        Soutien.objects.bulk_create(Soutien(contribution=une) for _ in range(soutiens))
    for question in (mot, idee):
        question.ouvrir()
    finie.clore()
    ouverte = Seance.objects.create(
        code="REJAND",
        titre="Exemple : une séance ouverte",
        date=jour,
        consultation=consultation,
        exemple=True,
    )
    une = ouverte.questions.create(
        genre=GenreDeQuestion.MOT, intitule="Le partenariat, en un mot ?"
    )
    ouverte.questions.create(
        genre=GenreDeQuestion.CHOIX,
        intitule="Que faudrait-il en premier ?",
        choix=["Du temps", "Un cadre écrit", "Une formation commune"],
        ordre=1,
    )
    ouverte.ouvrir()
    une.ouvrir()


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
