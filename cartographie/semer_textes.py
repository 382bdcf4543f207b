"""The sentences from which invented fiches are put together. All of it is ours."""

LIEUX = {
    "75": "à Paris",
    "77": "en Seine-et-Marne",
    "78": "dans les Yvelines",
    "91": "en Essonne",
    "92": "dans les Hauts-de-Seine",
    "93": "en Seine-Saint-Denis",
    "94": "dans le Val-de-Marne",
    "95": "dans le Val-d’Oise",
}

TITRES = {
    "etp": (
        "éducation thérapeutique co-animée : {theme}, {lieu}",
        "ateliers du vivre-avec construits à deux voix ({theme})",
    ),
    "pair_aidance": (
        "une permanence de pairs pour {theme} {lieu}",
        "pair-aidance au quotidien : {theme}",
    ),
    "mediation": ("médiation en santé {lieu} : {theme}", "aller vers les personnes : {theme}"),
    "binomes": (
        "un binôme patient–soignant pour coordonner les parcours ({theme})",
        "coordonner à deux {lieu} : {theme}",
    ),
    "qualite": ("des patients au comité qualité : {theme}", "revoir l’accueil ensemble {lieu}"),
    "evaluation_parcours": (
        "le parcours {theme} relu par celles et ceux qui le vivent",
        "analyser ensemble les événements du parcours {lieu}",
    ),
    "outils": (
        "des documents relus et réécrits ensemble : {theme}",
        "une boîte à outils commune pour {theme} {lieu}",
    ),
    "comite_experience": (
        "un comité d’expérience patient {lieu}",
        "écouter l’expérience des patients : {theme}",
    ),
    "comite_pilotage": (
        "des patients partenaires au comité de pilotage ({theme})",
        "décider ensemble {lieu} : {theme}",
    ),
    "article_51": (
        "une expérimentation article 51 pensée avec les usagers : {theme}",
        "expérimenter autrement {lieu} : {theme}",
    ),
    "patients_enseignants": (
        "des patients enseignants pour les futurs soignants {lieu}",
        "apprendre {theme} avec des patients enseignants",
    ),
    "formations": (
        "une formation construite à parts égales : {theme}",
        "se former ensemble {lieu} : {theme}",
    ),
    "recherche": (
        "une recherche menée avec des patients : {theme}",
        "poser ensemble les questions de recherche {lieu}",
    ),
}

STRUCTURES = {
    "association": ("Association", "Collectif", "Maison des usagers"),
    "hopital": ("Hôpital", "Centre hospitalier", "Clinique", "Institut hospitalier"),
    "exercice_coordonne": ("CPTS", "Maison de santé", "Centre municipal de santé"),
    "ville": ("Cabinet infirmier", "Cabinet de kinésithérapie", "Pharmacie"),
    "appui": ("DAC", "Réseau de santé", "UTEP"),
    "medico_social": ("Foyer d’accueil", "SAVS", "EHPAD"),
    "universite": ("Université", "Institut de formation", "Faculté de santé"),
    "federation": ("Fédération", "Union régionale"),
    "collectivite": ("Ville de", "Contrat local de santé de"),
    "autre": ("Coopérative", "Fondation", "Atelier"),
}
# Plainly invented names: no such place exists.
NOMS = (
    "des Trois-Saules",
    "du Pont-Vermeil",
    "de Bellerive-les-Aulnes",
    "des Quatre-Horizons",
    "du Val-Mirabelle",
    "de la Grande-Ourse",
    "des Hirondelles-Bleues",
    "du Clos-Aurore",
    "de Port-Lumière",
    "des Cent-Marronniers",
    "du Gué-d’Argent",
    "de la Source-Claire",
)
PUBLICS = (
    "Adultes concernés par {theme} et leurs proches",
    "Personnes suivies pour {theme}, dès l’annonce",
    "Jeunes de 15 à 25 ans et leurs familles",
    "Patients hospitalisés et leurs aidants",
    "Habitants éloignés des soins",
    "Étudiants en santé et équipes de soin",
)
RESUMES = (
    "{patients} et une équipe de soin ont repris ensemble, {lieu}, chaque étape du suivi.",
    "Chaque séance est préparée puis animée par une personne concernée et un professionnel.",
    "Le point de départ : des réunions où les patients ont raconté ce qui leur manquait.",
    "La démarche concerne {theme} et s’adresse aussi aux proches.",
    "Un groupe mixte se réunit chaque mois et décide des priorités.",
    "Les supports sont écrits en langage clair et relus par celles et ceux qui les utilisent.",
    "Après deux ans, la démarche a essaimé dans trois services voisins.",
    "L’équipe a commencé petit, avec une action test, avant d’élargir.",
    "Les savoirs tirés de l’expérience sont reconnus au même titre que les savoirs soignants.",
    "Un temps d’échange sans blouse ouvre chaque rencontre.",
)
FORMATIONS = (
    "",
    "Deux journées suivies ensemble, patients et professionnels.",
    "Quarante heures pour les patients partenaires ; une demi-journée pour l’équipe.",
    "Un parrainage par un patient partenaire expérimenté pendant trois mois.",
)
PILOTAGES = (
    "Un comité mixte se réunit tous les deux mois, l’ordre du jour est établi à deux.",
    "La cadre de santé et une patiente partenaire co-pilotent la démarche.",
    "Trois patients siègent au comité avec voix délibérative.",
    "Un petit groupe projet, ouvert à qui veut, rend compte au conseil de service.",
)
EVALUATIONS = (
    "",
    "Questionnaire aux participants après chaque cycle, résultats discutés en groupe mixte.",
    "Entretiens croisés patients et soignants une fois par an.",
    "Critères fixés ensemble au départ, bilan présenté à tous.",
)
FINANCEMENTS = (
    "",
    "Sur le budget de l’établissement.",
    "Appel à projets régional, deux ans.",
    "Fonds propres et dons.",
)
LEVIERS = (
    "",
    "Le soutien de la direction a compté dès la première réunion.",
    "Une charte courte, écrite ensemble, a levé les malentendus.",
    "Les premiers résultats ont convaincu les équipes hésitantes.",
)
FREINS = (
    "",
    "Trouver des horaires qui conviennent à tout le monde reste difficile.",
    "Certaines équipes craignaient un regard qui juge.",
    "Le défraiement arrive parfois des mois plus tard.",
)
BESOINS = (
    "",
    "Nous cherchons à rencontrer d’autres équipes au même stade.",
    "Un modèle de convention simple nous ferait gagner du temps.",
    "Comment durer quand la personne moteur s’en va ?",
)
RESULTATS = (
    "Les participants disent oser poser davantage de questions.",
    "Le délai de réponse aux demandes a été réduit de moitié.",
    "Quatre documents ont été réécrits et sont utilisés tous les jours.",
    "Deux patients partenaires ont été recrutés pour une vacation régulière.",
    "Les soignants parlent d’un autre regard sur {theme}.",
    "La démarche a été présentée à trois journées professionnelles.",
)
CONSEILS = (
    "Commencez par une action courte et visible.",
    "Soyez toujours deux patients partenaires au moins.",
    "Parlez d’argent et de temps dès la première rencontre.",
    "Prévoyez un lieu neutre pour les premières réunions.",
    "Gardez une trace écrite de ce qui a été décidé ensemble.",
    "Dites merci, et dites ce que l’avis donné a changé.",
)
