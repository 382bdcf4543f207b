"""Our model texts of a charter and of a mission letter: clauses to take, change or leave.

Subjects after HAS 2026 (guide on patients partenaires) and the documents of AP-HP « Objectif
partenariat »; every sentence is ours. To be read over by a lawyer before use.
"""

from ressources.enums import GenreEcrit, Voix

A_RELIRE = (
    "Modèle du hub, à faire relire par un juriste avant de l’utiliser. Il ne remplace ni un "
    "contrat ni une convention."
)
# Sentences that the project has already written elsewhere (reprises.py); nothing when it did not.
REPRISES = ("visee", "patients", "pilotage", "statut", "moyens", "calendrier", "criteres")
# genre → (title, text); {projet}, {structure}, {personne}, {voix} and REPRISES are filled in.
MODELES: dict[str, tuple[tuple[str, str], ...]] = {
    GenreEcrit.CHARTE: (
        (
            "Notre projet",
            "Nous menons ensemble le projet « {projet} »{structure}. Nous voulons qu’il réponde à "
            "ce que vivent les patients et à ce que permettent les équipes.{visee}",
        ),
        (
            "Ce que chacun apporte",
            "Les patients partenaires apportent leur expérience de la maladie et du soin. Les "
            "professionnels apportent leur métier. Aucun de ces savoirs ne passe avant l’autre.",
        ),
        (
            "Comment nous décidons",
            "Les décisions du projet se prennent en réunion, avec la voix des patients "
            "partenaires. Un désaccord est écrit, avec les raisons de chacun.{pilotage}",
        ),
        (
            "Jamais seul",
            "Au moins deux patients partenaires prennent part au projet.{patients} Si l’un "
            "s’arrête, nous cherchons une autre personne avant d’aller plus loin.",
        ),
        (
            "Ce qui reste entre nous",
            "Ce qui est dit de la santé ou de la vie d’une personne ne sort pas du groupe. Ce que "
            "nous publions est relu par les personnes citées.",
        ),
        (
            "Temps, frais et reconnaissance",
            "Le temps donné et les frais des patients partenaires sont dits avant chaque mission. "
            "Les frais sont remboursés en trente jours au plus. Chacun est nommé comme il le "
            "souhaite dans les travaux.{statut}{moyens}",
        ),
        (
            "Des réunions pour tous",
            "Les horaires, les lieux et les documents conviennent à tous : envoi une semaine "
            "avant, mots simples, pauses, participation à distance possible.",
        ),
        (
            "Quand cela se passe mal",
            "Chacun peut demander de l’aide à un tiers choisi ensemble. Chacun peut s’arrêter à "
            "tout moment, sans donner de raison.",
        ),
        (
            "Faire le point",
            "Nous faisons le point deux fois par an, des deux côtés, et nous corrigeons cette "
            "charte s’il le faut. Tout changement est relu et signé de nouveau par tous.{criteres}"
            "{calendrier}",
        ),
    ),
    GenreEcrit.LETTRE: (
        (
            "La mission",
            "Dans le projet « {projet} »{structure}, {personne} prend part en tant que {voix}. "
            "Décrivez ici ce qui lui est proposé, et ce qui ne l’est pas.{visee}",
        ),
        (
            "Durée et temps demandé",
            "La mission commence le … et finit le …. Elle demande environ … heures par mois, sur "
            "place ou à distance.{calendrier}",
        ),
        (
            "Statut",
            "Dites si la personne est bénévole, vacataire, salariée ou autre, et qui la couvre en "
            "cas d’accident pendant la mission.{statut}",
        ),
        (
            "Frais",
            "Transport, repas et autres frais utiles à la mission sont remboursés en trente jours "
            "au plus, sur justificatifs remis à ….{moyens}",
        ),
        (
            "Personne de contact",
            "Pour toute question, {personne} s’adresse à …, qui répond sous une semaine.",
        ),
        (
            "Confidentialité",
            "Ce que la mission fait connaître de la santé d’autres personnes reste confidentiel, "
            "pendant et après. Sa propre histoire appartient à {personne} : rien n’oblige à la "
            "raconter.",
        ),
        (
            "Fin de la mission",
            "Chacun peut y mettre fin à tout moment, en prévenant l’autre. La personne n’a pas à "
            "dire pourquoi.",
        ),
        (
            "Reconnaissance",
            "À la fin, une attestation dit les heures et les rôles. La mission peut servir dans un "
            "dossier de validation des acquis.",
        ),
    ),
}


def modele(
    genre: str,
    *,
    projet: str,
    structure: str = "",
    personne: str = "",
    voix: str = Voix.PATIENT.label,
    reprises: dict[str, str] | None = None,
) -> list[dict]:
    """The clauses of our model, filled in: [{"titre", "texte"}]."""
    mots = dict.fromkeys(REPRISES, "") | (reprises or {})
    mots |= {
        "projet": projet,
        "structure": f", porté par {structure}" if structure else "",
        "personne": personne or "la personne",
        "voix": voix.lower(),
    }
    return [{"titre": titre, "texte": _remplir(texte, mots)} for titre, texte in MODELES[genre]]


def _remplir(texte: str, mots: dict[str, str]) -> str:
    """Each {word} once; what people typed is never read as a word to fill."""
    morceaux = texte.split("{")
    return morceaux[0] + "".join(
        mots[nom] + suite for nom, _, suite in (m.partition("}") for m in morceaux[1:])
    )
