"""States and choices that belong to the directory alone."""

from django.db.models import TextChoices

from hubpartenariat.socle.vocabulaires import Domaine


# --- Structures ----------------------------------------------------------------------------
class EtatStructure(TextChoices):
    PROPOSEE = "proposee", "Proposée"
    PUBLIEE = "publiee", "Publiée"
    FUSIONNEE = "fusionnee", "Réunie à une autre"
    RETIREE = "retiree", "Retirée"


class TransitionStructure(TextChoices):
    """Decisions of the moderators; each value is the method that does it."""

    PUBLIER = "publier", "Publier"
    REFUSER = "refuser", "Refuser"
    RETIRER = "retirer", "Retirer de l’annuaire"
    FUSIONNER = "fusionner", "Réunir à une autre"


class RoleRattachement(TextChoices):
    """What a person is to a structure. A manager may not apply to it as a patient partenaire."""

    REFERENT = "referent", "Je représente la structure pour le partenariat"
    EQUIPE = "equipe", "J’y travaille ou j’y suis bénévole"
    GESTIONNAIRE = "gestionnaire", "Je la dirige ou j’y suis cadre"


class EtatRattachement(TextChoices):
    DEMANDE = "demande", "Demandé"
    ACCEPTE = "accepte", "Accepté"
    REFUSE = "refuse", "Refusé"
    CLOS = "clos", "Terminé"

    @classmethod
    def ouverts(cls) -> set[str]:
        """States in which the person has asked or belongs; one row of them at most."""
        return {cls.DEMANDE, cls.ACCEPTE}


class Preuve(TextChoices):
    """How the hub knows that a person belongs to a structure."""

    DOMAINE = "domaine", "Adresse e-mail de la structure"
    MODERATION = "moderation", "Vérifié par l’équipe du hub"
    REFERENT = "referent", "Confirmé par une personne référente de la structure"


# --- Profiles --------------------------------------------------------------------------------
class EtatProfil(TextChoices):
    BROUILLON = "brouillon", "En préparation"
    ACTIF = "actif", "Ouvert aux propositions"
    FERME = "ferme", "Fermé"
    SUSPENDU = "suspendu", "Suspendu par l’équipe du hub"


class TransitionProfil(TextChoices):
    """What the team of the hub may decide about a profile."""

    FERMER = "fermer", "Fermer"
    SUSPENDRE = "suspendre", "Suspendre"
    LEVER = "lever_la_suspension", "Lever la suspension"


class Regard(TextChoices):
    """What the owner of a profile lets be done with one attribute; from closed to open."""

    JAMAIS = "jamais", "Jamais montré, jamais utilisé"
    APPARIEMENT = "appariement", "Utilisé pour me proposer des appels, jamais montré"
    ACCORD = "accord", "Montré à l’équipe après notre double accord"
    MEMBRES = "membres", "Montré aux membres du hub"


class Cercle(TextChoices):
    """Who looks at a profile."""

    VISITEUR = "visiteur", "Un visiteur"
    MEMBRE = "membre", "Un membre du hub"
    EQUIPE = "equipe", "Une équipe, avant le double accord"
    ACCORD = "accord", "Une équipe, après le double accord"
    POLE = "pole", "Le Pôle ETP"


class Experience(TextChoices):
    DEBUT = "debut", "Je débute"
    QUELQUES = "quelques", "Une ou deux expériences"
    CONFIRMEE = "confirmee", "Plusieurs expériences"


class Disponibilite(TextChoices):
    JOURNEE = "journee", "En journée, en semaine"
    SOIREE = "soiree", "En soirée"
    SAMEDI = "samedi", "Le samedi"
    PONCTUELLE = "ponctuelle", "De temps en temps"
    REGULIERE = "reguliere", "Chaque semaine ou chaque mois"


class FormationSuivie(TextChoices):
    AUCUNE = "aucune", "Aucune formation"
    SENSIBILISATION = "sensibilisation", "Une sensibilisation"
    ETP = "etp", "40 heures d’éducation thérapeutique"
    DIPLOME = "diplome", "Un diplôme universitaire"
    AUTRE = "autre", "Une autre formation"


# --- Appels and offres -----------------------------------------------------------------------
class Mission(TextChoices):
    """What a patient partenaire is asked to do. Source: HAS 2026, tables 3 to 6, in our words."""

    SOUTIEN = "soutien", "Soutenir d’autres patients à partir de son expérience"
    AIDE_PARCOURS = "aide_parcours", "Aider à se repérer dans le parcours de soins"
    POUVOIR_AGIR = "pouvoir_agir", "Renforcer le pouvoir d’agir des patients"
    PRATIQUES = "pratiques", "Analyser et améliorer les pratiques"
    PAROLE = "parole", "Recueillir la parole et l’expérience des patients"
    ETP = "etp", "Concevoir, animer, évaluer de l’éducation thérapeutique"
    PREVENTION = "prevention", "Prévention et promotion de la santé"
    DEPLOIEMENT = "deploiement", "Déployer le partenariat dans un établissement"
    EXPERIENCE = "experience", "Améliorer l’expérience patient"
    CONSTRUIRE_PARCOURS = "construire_parcours", "Construire ou améliorer un parcours de soins"
    RETOUR = "retour", "Retours d’expérience, analyse des risques"
    CERTIFICATION = "certification", "Préparer la certification"
    ACCESSIBILITE = "accessibilite", "Accessibilité des lieux et de l’information"
    COPILOTAGE = "copilotage", "Siéger dans le pilotage d’un projet ou d’un programme"
    PEDAGOGIE = "pedagogie", "Concevoir des enseignements"
    INTERVENTION = "intervention", "Intervenir en formation"
    EVALUATION = "evaluation", "Évaluer des étudiants ou des formations"
    RECHERCHE = "recherche", "Prendre part à une recherche comme membre de l’équipe"

    @property
    def domaine(self) -> Domaine:
        return DOMAINE_DE[self]


DOMAINE_DE = {
    mission: domaine
    for domaine, missions in {
        Domaine.PARCOURS: "SOUTIEN AIDE_PARCOURS POUVOIR_AGIR PRATIQUES PAROLE ETP PREVENTION",
        Domaine.OFFRE: (
            "DEPLOIEMENT EXPERIENCE CONSTRUIRE_PARCOURS RETOUR CERTIFICATION ACCESSIBILITE"
        ),
        Domaine.GOUVERNANCE: "COPILOTAGE",
        Domaine.FORMATION: "PEDAGOGIE INTERVENTION EVALUATION",
        Domaine.RECHERCHE: "RECHERCHE",
    }.items()
    for mission in (Mission[nom] for nom in missions.split())
}


class Lieu(TextChoices):
    SUR_PLACE = "sur_place", "Sur place"
    DISTANCE = "distance", "À distance"
    MIXTE = "mixte", "Sur place et à distance"


class CharteDeLAppel(TextChoices):
    OUI = "oui", "Oui, elle existe"
    EN_PROJET = "en_projet", "Elle sera écrite ensemble"
    NON = "non", "Non"


class Frais(TextChoices):
    """What becomes of the expenses of the people who come. Asked before publication."""

    AVANCES = "avances", "Avancés ou payés directement"
    REMBOURSES = "rembourses", "Remboursés sur justificatif"
    SANS_OBJET = "sans_objet", "Aucun frais : tout se fait à distance"
    NON_PREVUS = "non_prevus", "Pas de remboursement prévu"


class ModeDeChoix(TextChoices):
    CHOIX = "choix", "Chaque côté choisit"
    TIRAGE = "tirage", "Tirage au sort parmi les volontaires"


class EtatAppel(TextChoices):
    BROUILLON = "brouillon", "Brouillon"
    A_MODERER = "a_moderer", "En relecture"
    OUVERT = "ouvert", "Ouvert"
    EN_CHOIX = "en_choix", "Choix en cours"
    POURVU = "pourvu", "Pourvu"
    SANS_SUITE = "sans_suite", "Sans suite"
    EXPIRE = "expire", "Expiré"

    @classmethod
    def publics(cls) -> set[str]:
        """States in which everybody may read the appel."""
        return {cls.OUVERT, cls.EN_CHOIX, cls.POURVU}

    @classmethod
    def vivants(cls) -> set[str]:
        """States in which seats may still be given."""
        return {cls.OUVERT, cls.EN_CHOIX}

    @classmethod
    def finis(cls) -> set[str]:
        """States that nothing follows: two years later the row is anonymised."""
        return {cls.POURVU, cls.SANS_SUITE, cls.EXPIRE}


class TransitionAppel(TextChoices):
    """What can happen to an appel; the value is the name of the method of the model."""

    SOUMETTRE = "soumettre", "Envoyer à la relecture"
    REPRENDRE = "reprendre", "Reprendre l’appel pour le modifier"
    PUBLIER = "publier", "Publier l’appel"
    DEMANDER_COMPLEMENTS = "demander_complements", "Demander des compléments"
    REFUSER = "refuser", "Refuser l’appel"
    FERMER = "fermer_les_candidatures", "Fermer les candidatures"
    PROLONGER = "prolonger", "Prolonger de 30 jours"
    CHANGER_LES_PLACES = "changer_les_places", "Changer le nombre de places"
    SANS_SUITE = "sans_suite", "Arrêter l’appel, sans suite"
    EXPIRER = "expirer", "Arriver à échéance"
    ANONYMISER = "anonymiser", "Effacer les textes après deux ans"
    SUPPRIMER_BROUILLON = "supprimer_brouillon", "Supprimer ce brouillon"

    @classmethod
    def de_moderation(cls) -> list["TransitionAppel"]:
        """Those that the administration offers, in the order of its buttons."""
        return [cls.PUBLIER, cls.DEMANDER_COMPLEMENTS, cls.REFUSER, cls.SANS_SUITE]

    @classmethod
    def motivees(cls) -> set[str]:
        """Those that say why."""
        return {cls.DEMANDER_COMPLEMENTS, cls.REFUSER, cls.SANS_SUITE}


class EtatOffre(TextChoices):
    BROUILLON = "brouillon", "Brouillon"
    A_MODERER = "a_moderer", "En relecture"
    OUVERTE = "ouverte", "Ouverte"
    POURVUE = "pourvue", "Une équipe est trouvée"
    RETIREE = "retiree", "Retirée"
    EXPIREE = "expiree", "Expirée"

    @classmethod
    def en_cours(cls) -> set[str]:
        """States that count among the offres that somebody has at the same time."""
        return {cls.A_MODERER, cls.OUVERTE}


class TransitionOffre(TextChoices):
    """What can happen to an offre; the value is the name of the method of the model."""

    SOUMETTRE = "soumettre", "Envoyer à la relecture"
    REPRENDRE = "reprendre", "Reprendre l’offre pour la modifier"
    PUBLIER = "publier", "Publier l’offre"
    DEMANDER_COMPLEMENTS = "demander_complements", "Demander des compléments"
    REFUSER = "refuser", "Refuser l’offre"
    POURVOIR = "pourvoir", "Dire qu’une équipe est trouvée"
    RETIRER = "retirer", "Retirer l’offre"
    EXPIRER = "expirer", "Arriver à échéance"
    SUPPRIMER = "supprimer", "Supprimer l’offre"

    @classmethod
    def de_moderation(cls) -> list["TransitionOffre"]:
        return [cls.PUBLIER, cls.DEMANDER_COMPLEMENTS, cls.REFUSER]

    @classmethod
    def motivees(cls) -> set[str]:
        return {cls.DEMANDER_COMPLEMENTS, cls.REFUSER}


class Alerte(TextChoices):
    """What the moderators are warned of. Found by the hub, judged by people."""

    COMMERCIAL = "commercial", "Semble proposer un accompagnement payant ou du coaching"
    MIRACLE = "miracle", "Semble promettre une guérison"
    SANS_STRUCTURE = "sans_structure", "N’est rattaché à aucune structure"
    COORDONNEES = "coordonnees", "Contient une adresse ou un numéro"


# --- Mise en relation and after ------------------------------------------------------------------
class Cote(TextChoices):
    EQUIPE = "equipe", "L’équipe"
    PATIENT = "patient", "Le patient partenaire"

    @property
    def autre(self) -> "Cote":
        return Cote.PATIENT if self == Cote.EQUIPE else Cote.EQUIPE


class EtatRelation(TextChoices):
    """A refusal by either side and a withdrawal look the same to the other: « sans suite »."""

    EN_COURS = "en_cours", "En cours"
    ACCORDEE = "accordee", "Double accord"
    SANS_SUITE = "sans_suite", "Sans suite"
    CLOSE = "close", "Terminée"


class Canal(TextChoices):
    """How an appel was brought to somebody; all count within the same ceiling."""

    HEBDOMADAIRE = "hebdomadaire", "Message de la semaine"
    INVITATION = "invitation", "Invitation de l’équipe du hub"


class ReponseSollicitation(TextChoices):
    ATTENDUE = "attendue", "Sans réponse"
    INTERESSE = "interesse", "Cela m’intéresse"
    DECLINEE = "declinee", "Pas cette fois"


class EtatMission(TextChoices):
    A_DEMARRER = "a_demarrer", "À démarrer"
    EN_COURS = "en_cours", "En cours"
    TERMINEE = "terminee", "Terminée"
    INTERROMPUE = "interrompue", "Interrompue"

    @classmethod
    def actives(cls) -> set[str]:
        return {cls.A_DEMARRER, cls.EN_COURS}


class EtatSignalement(TextChoices):
    RECU = "recu", "Reçu"
    EN_COURS = "en_cours", "En cours d’examen"
    CLOS = "clos", "Traité"
