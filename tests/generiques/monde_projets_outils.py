"""Tools of two voices in the small world: a use in each state, in the project that « auteur »
(patient) and « equipe » (professional) share. Built after ``monde_projets``."""

from dataclasses import dataclass, field

from ressources.deux_voix import conclusions, transitions
from ressources.deux_voix.outils import OUTILS
from ressources.enums import EtatPassage, Voix
from ressources.models import Passage

NOM = "projets_outils"


@dataclass
class Outils:
    """``passages``: by tool, then by state. In the first, « equipe » alone has answered."""

    passages: dict[str, dict[str, Passage]] = field(default_factory=dict)


def construire(monde) -> Outils:
    partie, projet = Outils(), monde.parties["projets"].projets["auteur"]
    voix = {
        projet.voix_de(monde.personnes[qui]): monde.personnes[qui] for qui in ("equipe", "auteur")
    }
    for code, outil in OUTILS.items():
        par_etat = partie.passages[code] = {}
        un = [outil.choix[0][0]] * len(outil.criteres)
        autre = [outil.choix[1][0], *un[1:]]
        for etat in (EtatPassage.TERMINE, EtatPassage.A_DISCUTER, EtatPassage.A_REPONDRE):
            passage = transitions.ouvrir(projet, code, None)
            for cote, codes in zip(Voix.values, (un, autre), strict=True):
                if etat == EtatPassage.A_REPONDRE and cote == Voix.PATIENT:
                    continue
                envoi = transitions.Envoi(codes, ["1"], "Une précision")
                passage = transitions.repondre(passage, voix[cote], cote, envoi)
            if etat != EtatPassage.A_REPONDRE:
                lignes = {
                    n: {"code": un[0], "phrase": "Dit ensemble", "action": "À faire"}
                    for n in conclusions.a_conclure(passage)
                }
                cotes = Voix.values if etat == EtatPassage.TERMINE else Voix.values[:1]
                for cote in cotes:
                    moi = projet.presents().get(personne=voix[cote])
                    passage = conclusions.accorder(passage, moi, passage.version, lignes)
            passage.refresh_from_db()
            par_etat[etat] = passage
    return partie
