"""Reading the answers: the one place that does, and the guard of the blind score.

Before both voices are in, only one's own side comes out of the database: what is not read cannot be
shown by a page, a JSON or a document.
"""

from dataclasses import dataclass

from ressources.enums import EtatPassage, Voix
from ressources.models import Conclusion, Passage, ReponseDeVoix


@dataclass(frozen=True)
class Lecture:
    """A passage as one voice may read it. ``reponses``: by voice, those that may be read."""

    passage: Passage
    voix: str
    reponses: dict[str, ReponseDeVoix]
    envoyees: frozenset[str]  # voices that have answered: that much is known to all

    @property
    def mienne(self) -> ReponseDeVoix | None:
        return self.reponses.get(self.voix)

    @property
    def nom_de_voix(self) -> str:
        return str(Voix(self.voix).label)

    @property
    def autre(self) -> str:
        return Voix.PATIENT if self.voix == Voix.PROFESSIONNEL else Voix.PROFESSIONNEL

    def collegue(self, personne) -> str:
        """Who else answered for this side, as the project names them; "" for this person or nobody.

        One query when somebody else did.
        """
        if self.mienne is None or self.mienne.auteur_id == personne.pk:
            return ""
        siennes = self.passage.projet.participations.filter(personne=self.mienne.auteur_id)
        return siennes.values_list("nom", flat=True).last() or "Une autre personne"

    @property
    def autre_envoyee(self) -> bool:
        return self.autre in self.envoyees


def lire(passage: Passage, voix: str) -> Lecture:
    """What this voice may read of this passage. Two queries."""
    lisibles = passage.reponses.all() if passage.devoile else passage.reponses.filter(voix=voix)
    envoyees = frozenset(passage.reponses.values_list("voix", flat=True))
    return Lecture(passage, voix, {une.voix: une for une in lisibles}, envoyees)


def reponses_devoilees(passage: Passage) -> tuple[list[str], list[str]]:
    """Codes of both voices (professional, patient), once both are in; ValueError before."""
    lues = dict(passage.reponses.values_list("voix", "codes"))
    if set(lues) != set(Voix.values):
        raise ValueError("the two voices are not in")
    return lues[Voix.PROFESSIONNEL], lues[Voix.PATIENT]


def histoire(projet, outil: str) -> list[Passage]:
    """The uses of a tool by a project, the oldest first, those unveiled with their answers.

    ``passage.deux``: (professional, patient) or None. ``passage.communes``: {number: code}.
    Three queries.
    """
    passages = list(Passage.objects.filter(projet=projet).de_l_outil(outil))
    devoiles = [p for p in passages if p.devoile]
    par_passage: dict[int, dict[str, list[str]]] = {}
    reponses = ReponseDeVoix.objects.filter(
        passage__in=devoiles, passage__etat__in=[EtatPassage.A_DISCUTER, EtatPassage.TERMINE]
    )
    for cle, voix, codes in reponses.values_list("passage", "voix", "codes"):
        par_passage.setdefault(cle, {})[voix] = codes
    communes: dict[int, dict[int, str]] = {}
    for cle, numero, code in Conclusion.objects.filter(passage__in=devoiles).values_list(
        "passage", "numero", "code"
    ):
        communes.setdefault(cle, {})[numero] = code
    for passage in passages:
        passage.projet = projet
        lues = par_passage.get(passage.pk, {})
        passage.deux = (lues[Voix.PROFESSIONNEL], lues[Voix.PATIENT]) if len(lues) == 2 else None
        passage.communes = communes.get(passage.pk, {})
    return passages
