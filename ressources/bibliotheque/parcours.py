"""The path of a team, step by step, told to both voices. Our own words.

Sources of the steps: AP-HP, démarche « Objectif partenariat »; HAS 2026, guide on patients
partenaires (choice, at least two, status and expenses said beforehand, evaluation together).
"""

from dataclasses import dataclass

from ressources.enums import Pas


@dataclass(frozen=True)
class Etape:
    """One step: in brief, what each voice does, when it is done, what helps.

    ``besoins`` are codes of the shared vocabulary; ``outils`` are (name of an address, words).
    """

    pas: Pas
    titre: str
    en_bref: str
    equipe: tuple[str, ...]
    patient: tuple[str, ...]
    fait_quand: tuple[str, ...]
    besoins: tuple[str, ...]
    outils: tuple[tuple[str, str], ...] = ()

    @property
    def numero(self) -> int:
        return list(Pas.values).index(self.pas) + 1

    @property
    def signes(self) -> list[tuple[str, str]]:
        """(code, words) of what shows that the step is done; a project ticks the codes."""
        return [(f"{self.pas.value}-{rang}", mots) for rang, mots in enumerate(self.fait_quand, 1)]


ETAPES = {
    etape.pas.value: etape
    for etape in (
        Etape(
            Pas.IDEE,
            "L’idée : dire ce qui pose question",
            "Partez d’un problème réel. Dites à qui il pose question. Parlez-en à des patients.",
            (
                "Dites en une phrase ce qui ne va pas, et pour qui.",
                "Demandez à 2 ou 3 patients si le problème est bien celui-là.",
                "Vérifiez qu’une personne de la direction sait que vous y pensez.",
            ),
            (
                "Racontez ce que vous avez vécu, sans vous obliger à tout dire.",
                "Dites ce qui aurait tout changé pour vous.",
                "Demandez ce qui sera fait de votre parole.",
            ),
            (
                "Le problème tient en une phrase comprise des deux côtés.",
                "Au moins un patient dit que la question est la bonne.",
            ),
            ("demarrage", "echanges"),
            (("cartographie:liste", "Lire ce que d’autres équipes ont fait"),),
        ),
        Etape(
            Pas.DEMARRER,
            "Démarrer : poser le projet ensemble",
            "Écrivez le projet à plusieurs. Choisissez un petit début. Fixez une date.",
            (
                "Faites un premier état des lieux avec des patients, pas pour eux.",
                "Choisissez un objectif que l’on peut atteindre en quelques mois.",
                "Trouvez du temps et de l’argent avant d’inviter.",
            ),
            (
                "Demandez ce qui est déjà décidé, et ce qui ne l’est pas.",
                "Dites le temps que vous avez, et vos limites.",
                "Proposez une façon de savoir si cela a marché.",
            ),
            (
                "Le projet tient sur une page que chacun a relue.",
                "Le temps et les frais des patients sont prévus.",
                "On sait comment on verra que cela marche.",
            ),
            ("demarrage", "outils", "cadre"),
            (
                ("ressources:fiche_projet", "La fiche projet, en six questions"),
                ("ressources:check_list", "La check-list à deux voix"),
            ),
        ),
        Etape(
            Pas.TROUVER,
            "Trouver : chercher au moins 2 patients partenaires",
            "Cherchez 2 personnes au moins. Dites ce que vous attendez. Laissez-les choisir.",
            (
                "Écrivez un appel : la mission, le temps, le lieu, ce qui est remboursé.",
                "Passez par une association, un référent ou l’annuaire, pas par une connaissance.",
                "Préparez l’arrivée : qui accueille, qui répond aux questions.",
            ),
            (
                "Lisez l’appel : s’il manque le statut ou les frais, demandez.",
                "Posez vos questions avant de dire oui.",
                "Dire non n’a pas à être justifié.",
            ),
            (
                "Deux personnes au moins ont dit oui, en sachant à quoi.",
                "Chacun sait à qui parler si cela ne va pas.",
            ),
            ("mise_en_lien", "roles"),
            (
                ("annuaire:appels", "Voir et publier des appels"),
                ("annuaire:referents", "Demander à un référent"),
            ),
        ),
        Etape(
            Pas.FORMALISER,
            "Formaliser : se mettre d’accord par écrit",
            "Écrivez ce que chacun fait. Dites ce qui est remboursé. Tout le monde signe.",
            (
                "Proposez une charte, et laissez-la changer.",
                "Dites le statut, les frais et la confidentialité en mots simples.",
                "Faites relire par un juriste ce qui engage l’établissement.",
            ),
            (
                "Demandez à changer ce qui ne vous va pas : c’est aussi votre texte.",
                "Vérifiez que vous pouvez arrêter quand vous voulez.",
                "Gardez une copie signée.",
            ),
            (
                "La charte et les lettres de mission sont signées par tous.",
                "Chacun sait comment arrêter.",
            ),
            ("cadre", "reconnaissance", "roles"),
            (
                ("ressources:charte", "Écrire une charte"),
                ("ressources:lettre", "Écrire une lettre de mission"),
                ("ressources:glossaire", "Les mots du partenariat, expliqués"),
            ),
        ),
        Etape(
            Pas.REALISER,
            "Réaliser : faire ensemble, pour de vrai",
            "Préparez les réunions à 2. Parlez simplement. Décidez ensemble.",
            (
                "Animez à deux voix, un soignant et un patient.",
                "Envoyez les documents à l’avance, sans sigles.",
                "Faites relire chaque relevé de conclusions par tous.",
            ),
            (
                "Demandez une pause ou un mot plus simple quand il le faut.",
                "Dites ce que vous voyez et que les autres ne voient pas.",
                "Notez le temps que vous y passez : il compte.",
            ),
            (
                "Les décisions sont prises avec les patients, et écrites.",
                "Personne n’est seul dans son rôle.",
            ),
            ("echanges", "outils", "gouvernance"),
            (
                ("ressources:projets", "Vos projets et leurs relevés de conclusions"),
                ("agenda:liste", "Les rencontres de la région"),
            ),
        ),
        Etape(
            Pas.ACCOMPAGNER,
            "Être accompagné : ne pas rester seuls",
            "Demandez de l’aide tôt. Formez-vous ensemble. Rencontrez d’autres équipes.",
            (
                "Parlez à un référent avant que cela coince.",
                "Formez soignants et patients dans la même salle.",
                "Gardez un temps pour parler du partenariat lui-même.",
            ),
            (
                "Vous pouvez demander un tiers si la parole est difficile.",
                "Échangez avec d’autres patients partenaires.",
                "Faites reconnaître ce que vous apprenez.",
            ),
            (
                "Une personne extérieure au projet peut être appelée.",
                "Au moins un temps commun de formation a eu lieu.",
            ),
            ("formation", "echanges", "perennisation"),
            (
                ("ressources:projets", "Demander depuis votre projet à être accompagnés"),
                ("annuaire:referents", "Les référents de votre territoire"),
                ("agenda:liste", "Formations et communautés de pratique"),
            ),
        ),
        Etape(
            Pas.EVALUER,
            "Évaluer : regarder ce qui a changé",
            "Notez chacun de votre côté. Comparez. Dites ce que vous changerez.",
            (
                "Reprenez les critères fixés au départ.",
                "Regardez aussi ce qui n’a pas marché.",
                "Rendez les résultats à celles et ceux qui ont pris part.",
            ),
            (
                "Donnez votre note sans regarder celle des autres.",
                "Dites ce que le projet vous a pris, et vous a donné.",
                "Demandez ce que l’on fera de ces résultats.",
            ),
            (
                "Un bilan en deux moitiés existe : les effets, et le partenariat.",
                "Les résultats sont rendus à tous.",
            ),
            ("evaluation", "perennisation"),
            (
                ("ressources:barometre", "Le baromètre croisé"),
                ("ressources:projets", "Le bilan, dans votre projet"),
                ("cartographie:nouvelle", "Raconter votre démarche"),
            ),
        ),
    )
}

SIGNES = frozenset(code for etape in ETAPES.values() for code, _mots in etape.signes)
