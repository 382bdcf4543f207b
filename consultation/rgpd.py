"""What the consultations hold about people. Answers carry no name, no account, no time of day."""

from django.contrib.auth import get_user_model

from consultation import rgpd_seances
from consultation.enums import EtatVerbatim
from consultation.models import (
    Abonnement,
    ActionDeSuite,
    Avis,
    CategorieDeProfil,
    College,
    Consultation,
    Echelle,
    Modalite,
    Phrase,
    Priorite,
    Proposition,
    QuestionDeProfil,
    Questionnaire,
    Remarque,
    Reponse,
    Suite,
    Theme,
    VersionDeResultats,
)
from hubpartenariat.socle.registre import Cercle, Classe, champs, declarer, internes

# Nothing ties an answer to an account or to an address: no row of these is anybody's here.
ANONYMES = (
    "Les réponses envoyées, tant que les résultats sont publiés. Le hub ne sait pas laquelle est "
    "la vôtre ; votre lien privé permet de l’effacer jusqu’à la fermeture."
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
    )


_questions(
    Consultation,
    "titre presentation source",
    "id slug etat etat_depuis ouvre_le ferme_le provenance personnes_annoncees regles precedente "
    "exemple cree_le modifiee_le",
)
_questions(Theme, "titre presentation", "id code ordre consultation")
_questions(Proposition, "titre texte", "id code ordre consultation theme besoins")
_questions(Echelle, "titre question", "id code ordre consultation favorables role")
_questions(Modalite, "libelle", "id code ordre echelle")
# Their short names are drawn in charts, their long ones said in tables.
_questions(College, "libelle", "id code ordre consultation court")
_questions(QuestionDeProfil, "libelle", "id code ordre consultation")
_questions(CategorieDeProfil, "libelle parent", "id code ordre question college")

declarer(
    Questionnaire,
    internes("id consultation numero contenu empreinte fige_le"),
    finalite="Garder les mots auxquels chacun a répondu.",
    conservation=TANT_QUE,
)
declarer(
    VersionDeResultats,
    internes("id consultation numero repondants contenu empreinte faite_le publiee_le publiee_par"),
    champs("note", Classe.PUBLIQUE, (Cercle.TOUS,)),
    finalite="Publier des comptes que chacun peut citer et vérifier.",
    conservation=TANT_QUE,
)
declarer(
    Reponse,
    internes("id consultation questionnaire empreinte etat source cle_import ordre_des_themes"),
    internes("college versions douteuse doute commencee_le modifiee_le envoyee_le"),
    champs("profil", Classe.INTERNE),
    finalite="Compter les avis.",
    conservation=ANONYMES,
)
declarer(
    Avis,
    internes("id reponse proposition echelle modalite"),
    finalite="Compter les avis.",
    conservation="Comme la réponse.",
)
declarer(
    Priorite,
    internes("id reponse proposition place"),
    finalite="Compter les priorités.",
    conservation="Comme la réponse.",
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
    cercles={Cercle.PROPRIETAIRE: lambda remarque: set()},
)


def _abonnements(personne):
    return Abonnement.objects.filter(courriel__iexact=personne.email)


def _abonnee(abonnement) -> set[int]:
    comptes = get_user_model().objects.filter(email__iexact=abonnement.courriel)
    return set(comptes.values_list("pk", flat=True))


declarer(
    Abonnement,
    internes("id consultation"),
    champs("courriel", Classe.PERSONNELLE, (Cercle.PROPRIETAIRE,)),
    finalite="Vous dire ce qui est fait des avis.",
    conservation="Jusqu’à ce que les suites soient données, ou que vous vous désinscriviez.",
    a_moi=_abonnements,
    cercles={Cercle.PROPRIETAIRE: _abonnee},
)

# --- After the counting: words of the staff, decisions of bodies, nobody's data -----------------
declarer(
    Phrase,
    internes("id consultation ordre version_relue relue_par"),
    champs("texte", Classe.PUBLIQUE, (Cercle.MODERATION,)),
    champs("texte_relu", Classe.PUBLIQUE, (Cercle.TOUS,)),
    finalite="Dire en phrases ce que les tableaux montrent.",
    conservation=TANT_QUE,
)


def _si_publiee(objet, nom):
    suite = objet if isinstance(objet, Suite) else objet.suite
    return [Cercle.TOUS] if suite.publiee_le else [Cercle.MODERATION]


declarer(
    Suite,
    internes("id proposition fusionnee_avec publiee_le decision decidee_le"),
    champs("titre_ajuste motif decidee_par", Classe.PUBLIQUE, _si_publiee),
    finalite="Dire ce qui est fait des avis donnés.",
    conservation=TANT_QUE,
)
declarer(
    ActionDeSuite,
    internes("id suite ordre echeance etat avancement"),
    champs("titre portee_par", Classe.PUBLIQUE, _si_publiee),
    finalite="Suivre ce qui a été promis.",
    conservation=TANT_QUE,
)

__all__ = ["rgpd_seances"]
