"""Words from which invented profiles and appels are made."""

PSEUDONYMES = (
    *("Roseau", "Alouette", "Silex", "Marée", "Clairière", "Lanterne", "Ruisseau", "Mélèze"),
    *("Horizon", "Sauge", "Pivert", "Corail", "Tilleul", "Boussole", "Givre", "Coquelicot"),
)
APPELLATIONS = (
    "patient partenaire",
    "patiente partenaire",
    "pair-aidant",
    "pair-aidante",
    "patient expert",
    "patiente experte",
    "proche partenaire",
    "patient enseignant",
)
SAVOIRS = (
    "Comprendre un traitement long et l’expliquer avec des mots simples.",
    "Se repérer entre l’hôpital et la ville.",
    "Parler de la fatigue à des équipes qui ne la voient pas.",
    "Reprendre un travail après une longue absence.",
    "Accompagner un proche sans s’oublier.",
)
STRUCTURES = ("Hôpital", "Association", "Maison de santé", "Réseau", "Centre de santé")
NOMS = (
    *("des Quatre-Chemins", "du Bel-Horizon", "de la Fontaine", "des Grands-Pins", "du Ponceau"),
    *("des Alouettes", "de la Rive-Haute", "du Clos-Vert", "des Trois-Ponts", "de l’Aubépine"),
)
PRESENTATIONS = (
    "Une équipe qui travaille avec les personnes concernées depuis plusieurs années.",
    "Un lieu ouvert, où patients et professionnels préparent les projets ensemble.",
    "Une structure de proximité qui commence à écrire sa démarche de partenariat.",
)
BESOINS = (
    "Nous préparons ce projet avec des personnes qui ont vécu la situation, dès le début.",
    "L’équipe souhaite décider avec vous, pas seulement vous consulter.",
    "Vous prendrez part aux réunions, à l’écriture et au bilan, à égalité avec nous.",
)
TEMPS = (
    "Une demi-journée par mois",
    "Deux heures toutes les six semaines",
    "Quatre ateliers sur deux mois",
    "Une journée par trimestre",
)
