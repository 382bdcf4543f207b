"""States and choices that belong to the map alone."""

from django.db.models import TextChoices


class EtatFiche(TextChoices):
    BROUILLON = "brouillon", "Brouillon"
    SOUMISE = "soumise", "Envoyée à la modération"
    A_COMPLETER = "a_completer", "À compléter"
    PUBLIEE = "publiee", "Publiée"
    ARCHIVEE = "archivee", "Archivée"
    REFUSEE = "refusee", "Refusée"

    @classmethod
    def modifiables(cls) -> set[str]:
        """States in which the authors may write."""
        return {cls.BROUILLON, cls.A_COMPLETER}

    @classmethod
    def en_cours(cls) -> set[str]:
        """States of a fiche, or of a revision, that is on its way to the map."""
        return {cls.BROUILLON, cls.SOUMISE, cls.A_COMPLETER}


class Visibilite(TextChoices):
    """Who sees the contact of a fiche; closed by default."""

    MODERATION = "moderation", "Seulement l’équipe qui modère"
    MEMBRES = "membres", "Les personnes connectées au hub"
    PUBLIQUE = "publique", "Tout le monde, sur la page publique"


class Formation(TextChoices):
    AUCUNE = "aucune", "Pas de formation"
    SEPAREE = "separee", "Oui, séparément"
    CONJOINTE = "conjointe", "Oui, ensemble (patients et professionnels)"


class GenreRemarque(TextChoices):
    INCORRECT = "incorrect", "Incorrect"
    INCOMPLET = "incomplet", "Incomplet"
    A_ACTUALISER = "a_actualiser", "À actualiser"


class Transition(TextChoices):
    """What can happen to a fiche; the value is the name of the method of the model."""

    SOUMETTRE = "soumettre", "Envoyer à la modération"
    REPRENDRE = "reprendre", "Reprendre la fiche pour la modifier"
    DEMANDER_COMPLEMENTS = "demander_complements", "Demander des compléments"
    PUBLIER = "publier", "Publier la fiche"
    REFUSER = "refuser", "Refuser la fiche"
    ARCHIVER = "archiver", "Retirer de la carte (archiver)"
    RESTAURER = "restaurer", "Remettre sur la carte"
    OUVRIR_REVISION = "ouvrir_revision", "Mettre à jour la fiche publiée"
    SUPPRIMER_BROUILLON = "supprimer_brouillon", "Supprimer le brouillon"

    @classmethod
    def de_moderation(cls) -> list["Transition"]:
        """Those that the administration offers, in the order of its buttons."""
        return [
            cls.SOUMETTRE,
            cls.PUBLIER,
            cls.DEMANDER_COMPLEMENTS,
            cls.REFUSER,
            cls.ARCHIVER,
            cls.RESTAURER,
        ]
