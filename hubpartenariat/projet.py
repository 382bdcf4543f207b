"""The regional project of 2025 in dates and figures (closing presentation and phase 1 report)."""

# Source: restitution of 16 December 2025 and synthesis of phase 1. Counts are participants.
ETAPES_DU_PROJET = (
    {
        "quand": "Mars et avril 2025",
        "titre": "Phase 1 : dresser l’état des lieux",
        "texte": (
            "183 personnes s’inscrivent. Deux séminaires en réunissent 66 puis 48, deux groupes "
            "de discussion 12 et 13, deux webinaires 64 et 63 : ce qui se fait, ce qui freine, ce "
            "qui aide, ce qui manque."
        ),
    },
    {
        "quand": "5 juin 2025",
        "titre": "Phase 2 : s’accorder sur une définition",
        "texte": "Un séminaire pour dire ensemble ce que partenariat veut dire en Île-de-France.",
    },
    {
        "quand": "25 septembre 2025",
        "titre": "Phase 3 : formuler des recommandations",
        "texte": "Un séminaire d’où sortiront 21 propositions, réparties en 6 thèmes.",
    },
    {
        "quand": "Fin 2025",
        "titre": "Phase 4 : consulter largement, commencer la cartographie",
        "texte": (
            "78 personnes donnent leur avis sur les 21 propositions. Les 14 premières fiches de "
            "démarches sont publiées."
        ),
    },
    {
        "quand": "16 décembre 2025",
        "titre": "Restitution",
        "texte": "Les résultats sont présentés à celles et ceux qui y ont pris part : plus de 250.",
    },
    {
        "quand": "Début 2026",
        "titre": "Rapport final",
        "texte": (
            "Le Pôle de ressources en éducation thérapeutique du patient le destine à l’ARS et à "
            "France Assos Santé, pour éclairer une stratégie régionale."
        ),
    },
)

# The four doors, as the home page presents them; ``nom`` as in socle.contexte.PORTES.
PORTES_EN_MOTS = (
    {
        "titre": "Cartographie",
        "nom": "cartographie:liste",
        "texte": "Qui travaille en partenariat, où, avec qui et comment.",
        "action": "Chercher une démarche",
    },
    {
        "titre": "Annuaire",
        "nom": "annuaire:accueil",
        "texte": "Trouver une structure, une personne référente, une équipe qui cherche un binôme.",
        "action": "Chercher une structure ou un appel",
    },
    {
        "titre": "Ressources",
        "nom": "ressources:liste",
        "texte": "Des outils pour démarrer, s’entendre par écrit, durer et faire le point.",
        "action": "Chercher une ressource",
    },
    {
        "titre": "Consultation",
        "nom": "consultation:liste",
        "texte": "Donner son avis sur les propositions régionales et lire les résultats.",
        "action": "Lire ce qui ressort de 2025",
    },
)
