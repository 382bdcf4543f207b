"""Words of the library, its tools and its projects."""

from django.db.models import TextChoices


class Voix(TextChoices):
    """Who somebody speaks for in a project. Tools « à deux voix » ask each side once."""

    PROFESSIONNEL = "professionnel", "Professionnel"
    PATIENT = "patient", "Patient partenaire"


# --- Agenda --------------------------------------------------------------------------------------
class GenreEvenement(TextChoices):
    """What people come for."""

    REUNION = "reunion", "Réunion"
    ATELIER = "atelier", "Atelier"
    COMMUNAUTE = "communaute", "Communauté de pratique"
    FORMATION = "formation", "Formation"


class EtatEvenement(TextChoices):
    BROUILLON = "brouillon", "Brouillon"
    PUBLIE = "publie", "Publié"
    ANNULE = "annule", "Annulé"


class EtatInscription(TextChoices):
    INSCRITE = "inscrite", "Place réservée"
    EN_ATTENTE = "en_attente", "Sur la liste d’attente"


# --- Tools that two voices answer --------------------------------------------------------------
class OutilADeuxVoix(TextChoices):
    BAROMETRE = "barometre", "Baromètre croisé"
    CHECK_LIST = "check_list", "Check-list à deux voix"


class EtatPassage(TextChoices):
    """Where one use of a tool stands. Nobody reads the other voice in the first state."""

    A_REPONDRE = "a_repondre", "Chacun répond de son côté"
    A_DISCUTER = "a_discuter", "À discuter ensemble"
    TERMINE = "termine", "Conclu"
