"""What the reports hold about people: who asked, read, wrote a remark."""

from django.contrib.auth import get_user_model

from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.registre import (
    Cercle,
    Classe,
    Effacement,
    champs,
    declarer,
    elargir,
    internes,
)
from hubpartenariat.syntheses.models import Annotation, Edition, Lecture

RELECTURE = Cercle.RELECTURE


def _relecteurs(_objet) -> set[int]:
    """Accounts whose role lets them read what other reviewers write."""
    roles = [Role.RELECTEUR_ARS, *Role.d_equipe()]
    comptes = get_user_model().objects.filter(groups__name__in=roles)
    return set(comptes.values_list("pk", flat=True))


def _lecteurs(edition, nom) -> list[Cercle]:
    """Everybody once open, its readers otherwise."""
    return [Cercle.TOUS] if edition.publiee and edition.ouverte else [RELECTURE]


declarer(
    Edition,
    internes("id uuid rapport territoire arretee_au annee numero etat precedente ouverte"),
    internes("creee_le publiee_le demandee_par"),
    # Counts, and titles that were public that day.
    champs("donnees", Classe.INTERNE),
    champs("motif", Classe.PUBLIQUE, _lecteurs),
    finalite="Garder une édition telle qu’elle a été publiée, pour pouvoir la comparer.",
    conservation="Sans limite : une édition publiée est une archive.",
    effacement=Effacement.ANONYMISER,
    pourquoi="L’édition reste, sans le nom de la personne qui l’a demandée.",
    a_moi=lambda p: Edition.objects.filter(demandee_par=p),
    effacer=lambda p: Edition.objects.filter(demandee_par=p).update(demandee_par=None),
    cercles={RELECTURE: _relecteurs},
)

declarer(
    Annotation,
    internes("id edition auteur chapitre page creee_le"),
    champs("texte", Classe.PERSONNELLE, (RELECTURE,)),
    finalite="Relire une édition à plusieurs.",
    conservation="Celle de l’édition.",
    effacement=Effacement.ANONYMISER,
    pourquoi="La remarque reste, sans votre nom : l’édition suivante en tient compte.",
    a_moi=lambda p: Annotation.objects.filter(auteur=p),
    effacer=lambda p: Annotation.objects.filter(auteur=p).update(auteur=None),
    cercles={RELECTURE: _relecteurs},
)

declarer(
    Lecture,
    internes("id edition personne lue_le"),
    finalite="Savoir ce que vous avez lu, et l’équipe si une édition a été lue.",
    conservation="Celle de l’édition.",
    a_moi=lambda p: Lecture.objects.filter(personne=p),
)


@elargir("comptes.Utilisateur", "nom")
def _auteurs_de_remarques(compte):
    """A remark is signed: those who review read the name of its author."""
    if Annotation.objects.filter(auteur=compte).exists():
        yield from _relecteurs(compte)
