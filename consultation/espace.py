"""What waits for the team in the consultations."""

from hubpartenariat.socle.files import dans_l_etat, file


def _phrases_a_relire() -> int:
    from consultation.lecture_transversale import toutes_a_relire

    return len(toutes_a_relire())


def _a_verifier() -> int:
    from consultation.doutes import a_verifier  # models are not loaded yet
    from consultation.models import Consultation

    return a_verifier(Consultation.objects.all()).count()


file(
    "consultation aux réponses à vérifier",
    "consultations aux réponses à vérifier",
    "admin:consultation_consultation_changelist",
    "consultation.preparer_consultation",
    _a_verifier,
    "reponses=a_verifier",
)
file(
    "remarque à lire",
    "remarques à lire",
    "admin:consultation_remarque_changelist",
    "consultation.preparer_consultation",
    dans_l_etat("consultation.Remarque", "a_lire"),
    "etat__exact=a_lire",
)
file(
    "phrase dont un nombre a changé",
    "phrases dont un nombre a changé",
    "admin:consultation_phrase_changelist",
    "consultation.preparer_consultation",
    _phrases_a_relire,
    "situation=a_relire",
)
