"""What waits for the team in the consultations."""

from hubpartenariat.socle.files import dans_l_etat, file

file(
    "remarque à lire",
    "remarques à lire",
    "admin:consultation_remarque_changelist",
    "consultation.preparer_consultation",
    dans_l_etat("consultation.Remarque", "a_lire"),
    "etat__exact=a_lire",
)
