"""Words of the library, its tools and its projects."""

from django.db.models import TextChoices


class Voix(TextChoices):
    """Who somebody speaks for in a project. Tools « à deux voix » ask each side once."""

    PROFESSIONNEL = "professionnel", "Professionnel"
    PATIENT = "patient", "Patient partenaire"


# --- Library -------------------------------------------------------------------------------------
class TypeRessource(TextChoices):
    CHARTE = "charte", "Charte"
    LETTRE = "lettre", "Lettre de mission"
    CHECKLIST = "checklist", "Check-list"
    BAROMETRE = "barometre", "Baromètre"
    GUIDE = "guide", "Guide"
    FICHE = "fiche", "Fiche pratique"
    CONVENTION = "convention", "Convention"
    FORMATION = "formation", "Formation"
    TEMOIGNAGE = "temoignage", "Témoignage"
    VIDEO = "video", "Vidéo"
    COMPTE_RENDU = "compte_rendu", "Compte rendu"
    OUTIL = "outil", "Outil"
    STRUCTURE = "structure", "Structure qui aide"
    PAGE = "page", "Page d’un autre site"


class Niveau(TextChoices):
    DEBUTANT = "debutant", "Pour débuter"
    EXPERIMENTE = "experimente", "Pour aller plus loin"


class Pas(TextChoices):
    """The path of a team, from the idea to the evaluation. Source: AP-HP « Objectif partenariat »,
    with the evaluation added."""

    IDEE = "idee", "Avoir une idée"
    DEMARRER = "demarrer", "Démarrer"
    TROUVER = "trouver", "Trouver des patients partenaires"
    FORMALISER = "formaliser", "Se mettre d’accord par écrit"
    REALISER = "realiser", "Faire ensemble"
    ACCOMPAGNER = "accompagner", "Se faire accompagner"
    EVALUER = "evaluer", "Faire le point"


class Public(TextChoices):
    PATIENTS = "patients", "Patients, proches"
    EQUIPES = "equipes", "Équipes de soin"
    DIRECTIONS = "directions", "Directions, qualité"
    ENSEIGNANTS = "enseignants", "Enseignants, chercheurs"


class EtatRessource(TextChoices):
    PROPOSEE = "proposee", "Proposée"
    PUBLIEE = "publiee", "Publiée"
    REFUSEE = "refusee", "Refusée"
    ARCHIVEE = "archivee", "Archivée"


class TransitionRessource(TextChoices):
    PUBLIER = "publier", "Publier"
    REFUSER = "refuser", "Ne pas publier"
    ARCHIVER = "archiver", "Retirer de la bibliothèque"
    RELIRE = "relire", "J’ai relu : toujours juste"


class Geste(TextChoices):
    """What is counted of an entry, never with who."""

    OUVERTE = "ouverte", "Pages ouvertes"
    TELECHARGEE = "telechargee", "Fichiers téléchargés"
    UTILE = "utile", "Utile"
    PAS_UTILE = "pas_utile", "Pas utile"
    UTILISEE = "utilisee", "Nous nous en sommes servis"

    @classmethod
    def avis(cls):
        return [cls.UTILE, cls.PAS_UTILE, cls.UTILISEE]


# --- Agenda --------------------------------------------------------------------------------------
class GenreEvenement(TextChoices):
    """What people come for."""

    REUNION = "reunion", "Réunion"
    ATELIER = "atelier", "Atelier"
    COMMUNAUTE = "communaute", "Communauté de pratique"
    FORMATION = "formation", "Formation"


class EtatEvenement(TextChoices):
    """Everybody reads the third and the last; the others are for the organiser and the team."""

    BROUILLON = "brouillon", "Brouillon"
    PROPOSE = "propose", "Proposé"
    PUBLIE = "publie", "Publié"
    REFUSE = "refuse", "Non publié"
    ANNULE = "annule", "Annulé"


class DecisionEvenement(TextChoices):
    """What the team decides of an event."""

    PUBLIER = "publier", "Publier"
    REFUSER = "refuser", "Ne pas publier"
    ANNULER = "annuler", "Annuler l’événement"
    REPRENDRE = "reprendre", "Remettre en brouillon"


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


# --- What a project writes and signs -----------------------------------------------------------
class GenreEcrit(TextChoices):
    CHARTE = "charte", "Charte de partenariat"
    LETTRE = "lettre", "Lettre de mission"


class MoyenDeSignature(TextChoices):
    ESPACE = "espace", "Depuis son espace"
    LIEN = "lien", "Par le lien reçu par e-mail"


# --- Support and attestations --------------------------------------------------------------------
class EtatAccompagnement(TextChoices):
    DEMANDE = "demande", "Demandé"
    SUIVI = "suivi", "En cours"
    CLOS = "clos", "Terminé"


class GenreAttestation(TextChoices):
    PRESENCE = "presence", "Présence"
    ENGAGEMENT = "engagement", "Engagement"


# --- Paroles: short stories of experience --------------------------------------------------------
class QuiRaconte(TextChoices):
    """From where a story is told."""

    PATIENT = "patient", "Patient partenaire"
    PROCHE = "proche", "Proche ou aidant"
    PROFESSIONNEL = "professionnel", "Professionnel"
    ENSEMBLE = "ensemble", "À plusieurs voix"


class EtatParole(TextChoices):
    """Only a published story is read by others than its author and the team."""

    BROUILLON = "brouillon", "Brouillon"
    PROPOSEE = "proposee", "Lue par l’équipe"
    A_REVOIR = "a_revoir", "À revoir"
    PUBLIEE = "publiee", "Publiée"
    REFUSEE = "refusee", "Non publiée"
    RETIREE = "retiree", "Retirée"


class DecisionParole(TextChoices):
    """What the team decides of a story."""

    PUBLIER = "publier", "Publier"
    FAIRE_REVOIR = "faire_revoir", "Demander de revoir un point"
    REFUSER = "refuser", "Ne pas publier"
    RETIRER = "retirer", "Retirer"


class Accord(TextChoices):
    """What a quoted person says of being named. Only the first and the third allow it."""

    ATTESTE = "atteste", "Oui, elle me l’a dit : je l’atteste"
    DEMANDE = "demande", "Le lui demander par e-mail"
    DONNE = "donne", "Oui, elle l’a confirmé elle-même"
    REFUSE = "refuse", "Non, elle l’a refusé elle-même"
    SANS = "sans", "Non, ou pas encore : ne pas la nommer"
