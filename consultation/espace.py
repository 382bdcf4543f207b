"""What waits for the team in the consultations."""

from hubpartenariat.socle.files import dans_l_etat, file


def _phrases_a_relire() -> int:
    from consultation.lecture_transversale import combien_a_relire

    return combien_a_relire()


def _a_verifier() -> int:
    from consultation.doutes import a_verifier  # models are not loaded yet

    return a_verifier()


file(
    "réponse à vérifier",
    "réponses à vérifier",
    "admin:consultation_consultation_changelist",
    "consultation.preparer_consultation",
    _a_verifier,
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
)
