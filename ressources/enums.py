"""Words of the library, its tools and its projects."""

from django.db.models import TextChoices


class Voix(TextChoices):
    """Who somebody speaks for in a project. Tools « à deux voix » ask each side once."""

    PROFESSIONNEL = "professionnel", "Professionnel"
    PATIENT = "patient", "Patient partenaire"
