"""Tools of two voices: each side reads its own, everybody of the project both once unveiled."""

from hubpartenariat.socle.registre import Cercle, Classe, Effacement, champs, declarer, internes
from ressources.models import Conclusion, Passage, ReponseDeVoix

EQUIPE, VOIX = Cercle.EQUIPE, Cercle.VOIX
CONSERVATION = "Celle du projet."
A_TOUS = "Ce sont les mots de tout le projet, pas ceux d’une personne."


def _presents(projet, **filtres) -> set[int]:
    presents = projet.participations.filter(partie_le=None, **filtres)
    return {cle for cle in presents.values_list("personne", flat=True) if cle}


def _equipe(objet) -> set[int]:
    passage = objet if isinstance(objet, Passage) else objet.passage
    return _presents(passage.projet)


def _du_cote(reponse) -> set[int]:
    return _presents(reponse.passage.projet, voix=reponse.voix)


def _si_devoile(reponse, nom):
    return [EQUIPE] if reponse.passage.devoile else [VOIX]


declarer(
    Passage,
    internes("id uuid projet outil etat ouvert_le devoile_le conclu_le version accord_de"),
    finalite="Comparer les deux voix d’un projet, à plusieurs dates.",
    conservation=CONSERVATION,
    cercles={EQUIPE: _equipe},
)

declarer(
    ReponseDeVoix,
    internes("id passage voix contredits auteur envoyee_le"),
    champs("codes", Classe.PERSONNELLE, _si_devoile),
    champs(
        "precision",
        Classe.PERSONNELLE,
        _si_devoile,
        garde="Elle explique une réponse que le projet garde.",
    ),
    finalite="Montrer ensemble ce que chaque côté a répondu sans voir l’autre.",
    conservation=CONSERVATION,
    effacement=Effacement.ANONYMISER,
    pourquoi="La réponse est celle d’un côté du projet ; elle reste, sans votre nom.",
    a_moi=lambda p: ReponseDeVoix.objects.filter(auteur=p),
    effacer=lambda p: ReponseDeVoix.objects.filter(auteur=p).update(auteur=None),
    cercles={EQUIPE: _equipe, VOIX: _du_cote, Cercle.PROPRIETAIRE: lambda r: {r.auteur_id}},
)

declarer(
    Conclusion,
    internes("id passage numero code"),
    champs("phrase action", Classe.PERSONNELLE, (EQUIPE,), garde=A_TOUS),
    finalite="Garder ce que les deux côtés ont conclu ensemble.",
    conservation=CONSERVATION,
    cercles={EQUIPE: _equipe},
)
