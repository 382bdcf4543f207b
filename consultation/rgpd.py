"""What the consultations hold about people. Answers carry no name, no account, no time of day."""

from consultation.enums import EtatVerbatim
from consultation.models import (
    Abonnement,
    Avis,
    CategorieDeProfil,
    College,
    Consultation,
    Echelle,
    Modalite,
    Priorite,
    Proposition,
    QuestionDeProfil,
    Questionnaire,
    Remarque,
    Reponse,
    Theme,
    VersionDeResultats,
)
from hubpartenariat.socle.registre import Cercle, Classe, Effacement, champs, declarer, internes

ANONYME = (
    "Rien ne relie une réponse à un compte ou à une adresse : le hub ne saurait pas laquelle est "
    "la vôtre. Votre lien privé permet de l’effacer jusqu’à la fermeture."
)
QUESTIONS = "Demander la même chose à tout le monde."
TANT_QUE = "Tant que la consultation et ses résultats sont publiés."


def _si_publique(objet, nom):
    """Questions are public once the consultation is open."""
    consultation = objet if isinstance(objet, Consultation) else _consultation(objet)
    return [Cercle.TOUS] if consultation.etat != "preparation" else [Cercle.MODERATION]


def _consultation(objet):
    for chemin in ("consultation", "echelle", "question"):
        if suivant := getattr(objet, chemin, None):
            return suivant if isinstance(suivant, Consultation) else suivant.consultation
    raise TypeError(objet)


def _questions(modele, textes: str, reste: str) -> None:
    declarer(
        modele,
        internes(reste),
        champs(textes, Classe.PUBLIQUE, _si_publique),
        finalite=QUESTIONS,
        conservation=TANT_QUE,
        effacement=Effacement.GARDER,
    )


_questions(
    Consultation,
    "titre presentation source",
    "id slug etat etat_depuis ouvre_le ferme_le provenance personnes_annoncees regles precedente "
    "exemple cree_le modifiee_le",
)
_questions(Theme, "titre presentation", "id code ordre consultation")
_questions(Proposition, "titre texte", "id code ordre consultation theme besoins")
_questions(Echelle, "titre question", "id code ordre consultation favorables")
_questions(Modalite, "libelle", "id code ordre echelle")
# Their short names are drawn in charts, their long ones said in tables.
_questions(College, "libelle", "id code ordre consultation court")
_questions(QuestionDeProfil, "libelle", "id code ordre consultation")
_questions(CategorieDeProfil, "libelle", "id code ordre question college parent")

declarer(
    Questionnaire,
    internes("id consultation numero contenu empreinte fige_le"),
    finalite="Garder les mots auxquels chacun a répondu.",
    conservation=TANT_QUE,
    effacement=Effacement.GARDER,
)
declarer(
    VersionDeResultats,
    internes("id consultation numero repondants contenu empreinte faite_le publiee_le publiee_par"),
    champs("note", Classe.PUBLIQUE, (Cercle.TOUS,)),
    finalite="Publier des comptes que chacun peut citer et vérifier.",
    conservation=TANT_QUE,
    effacement=Effacement.GARDER,
)
declarer(
    Reponse,
    internes("id consultation questionnaire empreinte etat source cle_import ordre_des_themes"),
    internes("college versions douteuse commencee_le modifiee_le envoyee_le"),
    champs("profil", Classe.INTERNE),
    finalite="Compter les avis.",
    conservation="Les réponses envoyées, tant que les résultats sont publiés.",
    effacement=Effacement.GARDER,
    pourquoi=ANONYME,
)
declarer(
    Avis,
    internes("id reponse proposition echelle modalite"),
    finalite="Compter les avis.",
    conservation="Comme la réponse.",
    effacement=Effacement.GARDER,
)
declarer(
    Priorite,
    internes("id reponse proposition place"),
    finalite="Compter les priorités.",
    conservation="Comme la réponse.",
    effacement=Effacement.GARDER,
)
declarer(
    Remarque,
    internes("id reponse proposition etat"),
    champs("texte", Classe.PERSONNELLE, (Cercle.MODERATION,)),
    champs(
        "texte_publie",
        Classe.PUBLIQUE,
        lambda r, nom: [Cercle.TOUS] if r.etat == EtatVerbatim.PUBLIE else [Cercle.MODERATION],
    ),
    finalite="Entendre ce que les cases ne disent pas.",
    conservation="Comme la réponse.",
    effacement=Effacement.GARDER,
)


def _abonnements(personne):
    return Abonnement.objects.filter(courriel__iexact=personne.email)


declarer(
    Abonnement,
    internes("id consultation"),
    champs("courriel", Classe.PERSONNELLE, (Cercle.PROPRIETAIRE,)),
    finalite="Vous dire ce qui est fait des avis.",
    conservation="Jusqu’à ce que les suites soient données, ou que vous vous désinscriviez.",
    a_moi=_abonnements,
)
