"""The right door: four questions that tell a partnership from what the law calls otherwise.

Source: Haute Autorité de santé, guide « Partenariat en santé et patients partenaires » (2026),
parts 2.5 and 2.6, table 7. The words are ours.
"""

from typing import NamedTuple

SOURCE = (
    "D’après la Haute Autorité de santé, guide « Partenariat en santé et patients partenaires » "
    "(mai 2026), parties 2.5 et 2.6, tableau 7."
)
OUI, NON = "oui", "non"


class Porte(NamedTuple):
    """One question, and where to go when its answer is yes."""

    code: str
    question: str
    aide: str
    titre: str
    pourquoi: str
    ou_aller: tuple[str, ...]
    ici: str


PORTES = (
    Porte(
        code="instance",
        question=(
            "La personne siégera-t-elle comme représentante des usagers dans une commission des "
            "usagers (CDU), un conseil de surveillance ou un conseil de la vie sociale (CVS) ?"
        ),
        aide="Participer à un groupe de travail ou à un comité de projet, c’est « non ».",
        titre="Siéger dans une instance : c’est le rôle des représentants des usagers",
        pourquoi=(
            "La composition de ces instances est fixée par des textes. À l’hôpital, la voix des "
            "usagers y est portée par des personnes qu’une association agréée a proposées, et qui "
            "parlent au nom de tous. Un patient partenaire agit autrement : avec une équipe, à "
            "partir de ce qu’il a vécu. Il ne peut pas prendre cette place."
        ),
        ou_aller=(
            "Pour une CDU ou un conseil de surveillance : écrivez aux associations agréées de "
            "votre territoire, à France Assos Santé Île-de-France, et à l’Agence régionale de "
            "santé, qui désigne les représentants.",
            "Pour un conseil de la vie sociale : les personnes accueillies et leurs proches "
            "élisent les leurs ; la direction organise cette élection.",
        ),
        ici=(
            "Vous pouvez chercher ici des patients partenaires pour un projet précis, à côté de "
            "l’instance : répondez alors « non »."
        ),
    ),
    Porte(
        code="mandat",
        question="Faut-il pour cette mission être mandaté par une association agréée ?",
        aide="Par exemple, parler au nom de tous les usagers d’un établissement.",
        titre="Un mandat d’association agréée : adressez-vous à ces associations",
        pourquoi=(
            "Un mandat se reçoit d’une association, qui forme et soutient la personne. Le hub met "
            "en relation des personnes avec des équipes : il ne peut ni donner ni vérifier un "
            "mandat."
        ),
        ou_aller=(
            "Cherchez l’association dans l’annuaire des structures, ou demandez à France Assos "
            "Santé Île-de-France laquelle suit votre sujet.",
            "Le ministère chargé de la santé publie la liste des associations agréées.",
        ),
        ici="Si le mandat n’est pas indispensable, répondez « non » : l’appel peut continuer.",
    ),
    Porte(
        code="permanence",
        question=(
            "S’agit-il d’une présence régulière d’une association dans l’établissement "
            "(permanence, visites, information des patients) ?"
        ),
        aide="Des patients partenaires qui travaillent avec l’équipe, c’est « non ».",
        titre="La présence d’une association : cela passe par une convention",
        pourquoi=(
            "Un hôpital ou une clinique du service public signe une convention avec "
            "l’association dont les bénévoles interviennent dans ses murs ; un modèle est prévu "
            "par le Code de la santé publique (article L. 1112-5). Ailleurs (maison ou centre de "
            "santé, CPTS, clinique privée), l’accord est libre, et l’écrire protège tout le monde."
        ),
        ou_aller=(
            "Choisissez une association, ou lancez un appel à manifestation d’intérêt auprès de "
            "plusieurs.",
            "Écrivez ensemble la convention : qui vient, quand, pour quoi, avec quelles "
            "assurances.",
        ),
        ici=(
            "Une fois la convention signée, racontez-la dans la cartographie : elle en inspirera "
            "d’autres."
        ),
    ),
    Porte(
        code="prestation",
        question=(
            "S’agit-il d’un service individuel que les patients paieraient (coaching, séances, "
            "accompagnement en libéral) ?"
        ),
        aide="Indemniser ou salarier la personne par votre structure, c’est « non ».",
        titre="Un service payé par les patients : ce n’est pas du partenariat",
        pourquoi=(
            "Un patient partenaire agit au sein d’une équipe, jamais seul face à un patient qui "
            "paie. La Haute Autorité de santé écarte cette démarche commerciale ; le hub ne la "
            "publie pas."
        ),
        ou_aller=(
            "Pour accompagner des patients, rapprochez-vous d’une équipe de soins, d’un "
            "programme d’éducation thérapeutique ou d’une association de votre territoire.",
        ),
        ici=(
            "Si votre structure rémunère elle-même la personne (vacation, contrat), répondez "
            "« non » et dites-le dans les conditions."
        ),
    ),
)
CODES = tuple(porte.code for porte in PORTES)


def ailleurs(reponses: dict) -> list[Porte]:
    """The doors other than the hub's that these answers lead to."""
    return [porte for porte in PORTES if (reponses or {}).get(porte.code) == OUI]


def sans_reponse(reponses: dict) -> list[Porte]:
    return [porte for porte in PORTES if (reponses or {}).get(porte.code) not in (OUI, NON)]
