"""States and choices that belong to the consultations alone."""

from django.db.models import TextChoices


class EtatConsultation(TextChoices):
    PREPARATION = "preparation", "En préparation"
    OUVERTE = "ouverte", "Ouverte"
    CLOSE = "close", "Close"

    @classmethod
    def publics(cls) -> set[str]:
        """States in which anybody may read the questionnaire."""
        return {cls.OUVERTE, cls.CLOSE}


class Provenance(TextChoices):
    """Where the figures of a consultation come from."""

    HUB = "hub", "Réponses recueillies sur le hub"
    AILLEURS = "ailleurs", "Résultats publiés ailleurs, repris tels quels"


class RoleDEchelle(TextChoices):
    """What the charts make of a scale. One without a role plays the one that its code names."""

    PERTINENCE = "pertinence", "Pertinence : barres de part et d’autre d’une ligne"
    FAISABILITE = "faisabilite", "Faisabilité : de part et d’autre, et en travers de la matrice"
    IMPACT = "impact", "Impact : barres empilées, et en hauteur dans la matrice"
    AUTRE = "autre", "Autre : barres empilées"


class EtatReponse(TextChoices):
    BROUILLON = "brouillon", "Commencée"
    ENVOYEE = "envoyee", "Envoyée"


class Source(TextChoices):
    """How an answer came in."""

    WEB = "web", "En ligne"
    PAPIER = "papier", "Sur papier, saisie par l’équipe"
    IMPORT = "import", "Reprise d’un autre outil"


class Doute(TextChoices):
    """Why an answer waits for somebody to look before it is counted."""

    RIEN = "", "Aucun"
    CHAMP_CACHE = "champ_cache", "Le champ que personne ne voit était rempli : sans doute un robot"
    EN_NOMBRE = "en_nombre", "Beaucoup de réponses commencées en une heure depuis un même réseau"


class EtatVerbatim(TextChoices):
    """A remark is published after a human reading, never before."""

    A_LIRE = "a_lire", "À lire"
    PUBLIE = "publie", "Publiée"
    ECARTE = "ecarte", "Gardée, non publiée"


class Decision(TextChoices):
    """What becomes of a proposition once the consultation is closed."""

    RETENUE = "retenue", "Retenue"
    AJUSTEE = "ajustee", "Retenue, avec un texte ajusté"
    FUSIONNEE = "fusionnee", "Réunie avec une autre"
    DIFFEREE = "differee", "Reportée"
    NON_RETENUE = "non_retenue", "Non retenue"

    @classmethod
    def a_motiver(cls) -> set[str]:
        """Those that are not announced without saying why."""
        return {cls.DIFFEREE, cls.NON_RETENUE}


class EtatAction(TextChoices):
    A_FAIRE = "a_faire", "À faire"
    EN_COURS = "en_cours", "En cours"
    FAITE = "faite", "Faite"
    ABANDONNEE = "abandonnee", "Abandonnée"


class GenreDeQuestion(TextChoices):
    """What people are asked during a live session."""

    CHOIX = "choix", "Choisir une réponse"
    MOT = "mot", "Un mot"
    TEXTE = "texte", "Quelques phrases"
    MOI_AUSSI = "moi_aussi", "Proposer une idée, dire « moi aussi »"

    @classmethod
    def ecrites(cls) -> set[str]:
        """Those whose answers are read before anybody else sees them."""
        return {cls.TEXTE, cls.MOI_AUSSI}


class EtatSeance(TextChoices):
    PREPARATION = "preparation", "En préparation"
    OUVERTE = "ouverte", "Ouverte"
    CLOSE = "close", "Close"


class EtatQuestion(TextChoices):
    A_VENIR = "a_venir", "À venir"
    OUVERTE = "ouverte", "Ouverte"
    FERMEE = "fermee", "Fermée"


class EtatContribution(TextChoices):
    A_LIRE = "a_lire", "À lire"
    MONTREE = "montree", "Montrée"
    CACHEE = "cachee", "Cachée"
