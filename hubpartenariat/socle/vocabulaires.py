"""The words that the whole field shares, with our codes for them.

Labels are the users' own words (source: synthesis of phase 1, closing presentation of 2025, HAS
2026). Codes are part of the public addresses: never change the meaning of one.
"""

from django.db.models import TextChoices


class Departement(TextChoices):
    PARIS = "75", "Paris"
    SEINE_ET_MARNE = "77", "Seine-et-Marne"
    YVELINES = "78", "Yvelines"
    ESSONNE = "91", "Essonne"
    HAUTS_DE_SEINE = "92", "Hauts-de-Seine"
    SEINE_SAINT_DENIS = "93", "Seine-Saint-Denis"
    VAL_DE_MARNE = "94", "Val-de-Marne"
    VAL_D_OISE = "95", "Val-d’Oise"


class Territoire(TextChoices):
    """Where an approach acts: départements, or the region as a whole."""

    PARIS = "75", "75 – Paris"
    SEINE_ET_MARNE = "77", "77 – Seine-et-Marne"
    YVELINES = "78", "78 – Yvelines"
    ESSONNE = "91", "91 – Essonne"
    HAUTS_DE_SEINE = "92", "92 – Hauts-de-Seine"
    SEINE_SAINT_DENIS = "93", "93 – Seine-Saint-Denis"
    VAL_DE_MARNE = "94", "94 – Val-de-Marne"
    VAL_D_OISE = "95", "95 – Val-d’Oise"
    REGION = "region", "Région Île-de-France"


class TypeStructure(TextChoices):
    ASSOCIATION = "association", "Association de patients / usagers"
    HOPITAL = "hopital", "Hôpital / établissement de santé"
    EXERCICE_COORDONNE = (
        "exercice_coordonne",
        "Structure d’exercice coordonné (CPTS, MSP, CMS)",
    )
    VILLE = "ville", "Professionnels de ville / libéral"
    APPUI = "appui", "Structure d’appui (DAC, réseau, UTEP)"
    MEDICO_SOCIAL = "medico_social", "Établissement ou service médico-social"
    UNIVERSITE = "universite", "Université, organisme de formation ou de recherche"
    FEDERATION = "federation", "Fédération, union régionale ou institution"
    COLLECTIVITE = "collectivite", "Collectivité"
    AUTRE = "autre", "Autre"


class Domaine(TextChoices):
    """Fields of action: the four of the HAS (2026), and the governance of projects (phase 1)."""

    PARCOURS = "parcours", "Parcours de soins des personnes"
    OFFRE = "offre", "Adaptation de l’offre de soins (organisation, qualité, sécurité)"
    GOUVERNANCE = (
        "gouvernance",
        "Gouvernance d’une action, d’un projet ou d’un programme",
    )
    FORMATION = "formation", "Formation et enseignement"
    RECHERCHE = "recherche", "Recherche"


class FormeAction(TextChoices):
    ETP = "etp", "Co-construction ou co-animation d’éducation thérapeutique (ETP)"
    PAIR_AIDANCE = "pair_aidance", "Pair-aidance"
    MEDIATION = "mediation", "Médiation en santé"
    BINOMES = "binomes", "Binômes patient–soignant pour la coordination"
    QUALITE = "qualite", "Groupe de travail, démarche qualité"
    EVALUATION_PARCOURS = (
        "evaluation_parcours",
        "Évaluation de parcours, analyse d’événements",
    )
    OUTILS = "outils", "Création ou adaptation d’outils et de documents"
    COMITE_EXPERIENCE = "comite_experience", "Comité d’expérience patient"
    COMITE_PILOTAGE = "comite_pilotage", "Comité de pilotage ou de direction"
    ARTICLE_51 = "article_51", "Dispositif « article 51 »"
    PATIENTS_ENSEIGNANTS = "patients_enseignants", "Patients enseignants"
    FORMATIONS = "formations", "Co-construction de formations"
    RECHERCHE = "recherche", "Recherche menée avec des patients"


class Acteur(TextChoices):
    PATIENTS_PARTENAIRES = "patients_partenaires", "Patients partenaires"
    PAIRS_AIDANTS = "pairs_aidants", "Pairs-aidants"
    PROCHES_AIDANTS = "proches_aidants", "Proches-aidants"
    REPRESENTANTS_USAGERS = "representants_usagers", "Représentants des usagers"
    ASSOCIATIONS = "associations", "Associations"
    SOIGNANTS = "soignants", "Soignants (médicaux, paramédicaux)"
    SOCIAL = "social", "Professionnels du social / médico-social"
    DIRECTION = "direction", "Direction, qualité"
    CHERCHEURS = "chercheurs", "Chercheurs, enseignants"
    ETUDIANTS = "etudiants", "Étudiants"
    INSTITUTIONS = "institutions", "Institutions"


class Degre(TextChoices):
    """How far power is shared, from the weakest to the strongest."""

    INFORMATION = "information", "Information"
    CONSULTATION = "consultation", "Consultation"
    COLLABORATION = "collaboration", "Collaboration (participation)"
    PARTENARIAT = (
        "partenariat",
        "Partenariat (co-décision, co-conduite, co-évaluation)",
    )


class Etape(TextChoices):
    RECUEILLIR = "recueillir", "Co-recueillir (analyser les besoins)"
    CONCEVOIR = "concevoir", "Co-concevoir"
    METTRE_EN_OEUVRE = "mettre_en_oeuvre", "Co-mettre en œuvre (accompagner, animer)"
    EVALUER = "evaluer", "Co-évaluer"
    PROMOUVOIR = "promouvoir", "Promouvoir ensemble"


class Avancement(TextChoices):
    REFLEXION = "reflexion", "En réflexion"
    DEMARRAGE = "demarrage", "En démarrage"
    EN_COURS = "en_cours", "En cours"
    PERENNISEE = "perennisee", "Pérennisée"
    TERMINEE = "terminee", "Terminée"


class Recrutement(TextChoices):
    ASSOCIATION_PRESENTE = "association_presente", "Association déjà présente"
    ASSOCIATION_TERRITOIRE = "association_territoire", "Association du territoire"
    PATIENTELE = "patientele", "Patientèle, par les professionnels"
    APPEL = "appel", "Appel à candidatures"
    RECLAMATION = (
        "reclamation",
        "Personnes ayant fait une réclamation ou répondu à une enquête",
    )
    AUTRE = "autre", "Autre"


class Statut(TextChoices):
    BENEVOLAT = "benevolat", "Bénévolat"
    DEFRAIEMENT = "defraiement", "Défraiement (déplacement, repas, garde)"
    INDEMNISATION = "indemnisation", "Indemnisation"
    VACATION = "vacation", "Vacation"
    SALARIAT = "salariat", "Salariat"
    PRESTATION = "prestation", "Prestation"
    ATTESTATION = "attestation", "Attestation / valorisation (VAE, VAPP)"
    AUCUNE = "aucune", "Aucune à ce jour"


class Cadre(TextChoices):
    CHARTE = "charte", "Charte"
    LETTRE_MISSION = "lettre_mission", "Lettre de mission"
    CONVENTION = "convention", "Convention"
    FICHE_PROJET = "fiche_projet", "Fiche projet / feuille de route"
    REGLEMENT = "reglement", "Règlement ou clause de confidentialité"
    AUCUN = "aucun", "Aucun"


class Frein(TextChoices):
    REPRESENTATIONS = (
        "representations",
        "Représentations hiérarchiques, résistance au changement de posture",
    )
    INSTITUTIONNALISATION = (
        "institutionnalisation",
        "Institutionnalisation insuffisante",
    )
    INTEGRATION = "integration", "Intégration dans les équipes"
    PROFESSIONNALISATION = (
        "professionnalisation",
        "Professionnalisation à double tranchant (perte du regard critique)",
    )
    REPERES = "reperes", "Manque de repères pour se lancer"
    ASYMETRIE = "asymetrie", "Asymétrie dans la mise en lien"
    ATTENTES = "attentes", "Attentes excessives vis-à-vis du cadre"
    CONFIANCE = "confiance", "Manque de confiance et de reconnaissance"
    MOYENS = "moyens", "Manque de temps ou de moyens"
    AUTRE = "autre", "Autre"


class Levier(TextChoices):
    CO_CONSTRUCTION = "co_construction", "Co-construction dès le départ"
    GOUVERNANCE = (
        "gouvernance",
        "Gouvernance structurée (comité, référents, binômes)",
    )
    CULTURE = "culture", "Culture commune et langage partagé"
    EXPERIENCES = "experiences", "Expériences positives à capitaliser"
    CADRE = "cadre", "Cadre clair (charte, jalons)"
    FORMATION = "formation", "Formation conjointe"
    VECU = "vecu", "Valorisation du vécu"
    ESPACES = "espaces", "Espaces neutres"
    DIRECTION = "direction", "Soutien de la direction"
    AUTRE = "autre", "Autre"


class Besoin(TextChoices):
    CADRE = "cadre", "Cadre souple mais lisible"
    RECONNAISSANCE = "reconnaissance", "Reconnaissance (statut, défraiement)"
    OUTILS = "outils", "Outils et méthodes"
    ECHANGES = "echanges", "Espaces et temps d’échange"
    FORMATION = "formation", "Formation et accompagnement"
    MISE_EN_LIEN = (
        "mise_en_lien",
        "Mise en lien (trouver un binôme, une expertise)",
    )
    PERENNISATION = "perennisation", "Pérennisation (financement, postes)"
    GOUVERNANCE = "gouvernance", "Place dans la gouvernance"
    ROLES = "roles", "Clarté des rôles"
    DEMARRAGE = "demarrage", "Accompagnement au démarrage"
    EVALUATION = "evaluation", "Évaluation"


class ReponseCheckList(TextChoices):
    OUI = "oui", "Oui"
    NON = "non", "Non"
    EN_COURS = "en_cours", "En cours"


# The ten criteria of the HAS check-list (HAS 2026, table 8): stable numbers.
CHECK_LIST_HAS: dict[str, str] = {
    "1": "Un diagnostic partagé existe",
    "2": "Au moins 2 patients partenaires sont impliqués",
    "3": "Un organe de pilotage comprend au moins un patient partenaire",
    "4": "Les patients partenaires ont une voix délibérative",
    "5": (
        "Un document d’orientation (fiche action, feuille de route, rôles et missions…) est établi"
    ),
    "6": "Réunions et actions sont menées par un professionnel et un patient",
    "7": "Les relevés de conclusions sont validés par l’ensemble des partenaires",
    "8": "Objectifs précis et critères d’évaluation sont discutés et adoptés ensemble au départ",
    "9": "La promotion des résultats est faite en commun",
    "10": "Les bénéficiaires sont informés des résultats",
}

# What people often write for a theme; suggestions only, the tags stay free.
THEMES_SUGGERES: tuple[str, ...] = (
    "Addictologie",
    "Asthme et BPCO",
    "Cancer",
    "Diabète",
    "Douleur chronique",
    "Drépanocytose",
    "Gériatrie",
    "Handicap",
    "Insuffisance cardiaque",
    "Insuffisance rénale",
    "Maladies inflammatoires",
    "Maladies neurodégénératives",
    "Maladies rares",
    "Maternité",
    "Obésité",
    "Santé mentale",
    "Soins palliatifs",
    "VIH",
)
