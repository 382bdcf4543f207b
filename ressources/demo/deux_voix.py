"""The demonstration of the tools of two voices: a use in every state, all invented."""

from datetime import timedelta

from django.utils import timezone

from ressources.deux_voix import conclusions, transitions
from ressources.deux_voix.outils import BAROMETRE, CHECK_LIST
from ressources.enums import Voix
from ressources.models import Participation, Passage, Projet

TITRE = "Livret de sortie relu à deux (exemple)"
ANNEE, HUIT_MOIS = timedelta(days=380), timedelta(days=245)
# Blind scores (professional, patient), then what both said of each criterion.
AVANT = ("2 2 1 1 1 2 1 1 2 1 0", "1 1 0 1 0 2 1 0 2 0 0")
APRES = ("3 4 3 3 2 3 3 4 3 3 so", "3 2 3 1 2 3 2 3 3 3 so")
COMMUN = ["3", "3", "3", "2", "2", "3", "3", "3", "3", "3", "so"]
ACTIONS = {
    2: "Commencer chaque réunion par un tour de table.",
    4: "Écrire les trois objectifs au tableau, puis voter.",
}
LISTE_AVANT = (
    "oui non non non oui en_cours non oui non non",
    "en_cours non non non oui non non non non non",
)
LISTE_APRES = (
    "oui oui en_cours non oui oui oui oui en_cours non",
    "oui oui en_cours oui oui oui non oui en_cours non",
)


def charger(personnes) -> int:
    """Add what is not there yet to the demo project, made when there is none. How many uses."""
    projet = _projet(personnes[:2])
    if projet.passages.exists():
        return 0
    maintenant = timezone.now()
    ancien = _devoiler(projet, BAROMETRE, AVANT, maintenant - ANNEE)
    _conclure(ancien, AVANT[1].split(), {})
    recent = _devoiler(projet, BAROMETRE, APRES, maintenant - timedelta(days=20))
    _conclure(recent, COMMUN, ACTIONS)
    _devoiler(projet, CHECK_LIST, LISTE_AVANT, maintenant - HUIT_MOIS)
    derniere = _devoiler(projet, CHECK_LIST, LISTE_APRES, maintenant - timedelta(days=30))
    # One side has agreed: the other is asked.
    _conclure(derniere, LISTE_APRES[1].split(), {}, cotes=Voix.values[:1])
    attend = transitions.ouvrir(projet, BAROMETRE.code, None)
    _repondre(attend, Voix.PROFESSIONNEL, APRES[0])
    transitions.ouvrir(projet, CHECK_LIST.code, None)
    return projet.passages.count()


def _projet(gens) -> Projet:
    """The demo project of that name that two voices share, or a new one."""
    deux = Participation.objects.filter(partie_le=None, voix=Voix.PATIENT)
    partage = Projet.objects.filter(
        titre=TITRE,
        exemple=True,
        pk__in=deux.values("projet"),
        participations__voix=Voix.PROFESSIONNEL,
    ).first()
    if partage:
        return partage
    projet = Projet.objects.create(
        titre=TITRE, resume="Un projet inventé, pour montrer les outils.", exemple=True
    )
    for voix, personne, nom in zip(Voix.values, gens, ("Sacha", "Camille"), strict=True):
        Participation.objects.create(projet=projet, personne=personne, nom=nom, voix=voix)
    return projet


def _repondre(passage, voix, codes: str) -> Passage:
    return transitions.repondre(passage, None, voix, transitions.Envoi(codes.split(), []))


def _devoiler(projet, outil, deux, quand) -> Passage:
    """A use answered by both on that day."""
    passage = transitions.ouvrir(projet, outil.code, None)
    for voix, codes in zip(Voix.values, deux, strict=True):
        passage = _repondre(passage, voix, codes)
    Passage.objects.filter(pk=passage.pk).update(ouvert_le=quand, devoile_le=quand)
    return passage


def _conclure(passage, codes, actions, cotes=Voix.values) -> None:
    numeros = conclusions.a_conclure(passage)
    lignes = {
        n: {
            "code": codes[n - 1],
            "phrase": "Nous en avons parlé : voici où nous en sommes (exemple).",
            "action": actions.get(n, ""),
        }
        for n in numeros
    }
    for voix in cotes:
        moi = passage.projet.participations.filter(voix=voix).first()
        passage = conclusions.accorder(passage, moi, passage.version, lignes)
