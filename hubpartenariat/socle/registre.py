"""What the hub holds about people: every field of every model, declared once.

An app declares its models in its ``rgpd.py``, read at start like ``admin.py``. A declaration says
why the rows are kept and for how long, what each field holds, who may read it, which rows are
about a person, and what becomes of them when that person leaves. The page « Mes données », its
copy, the erasure and the generic privacy tests all read this registry; a field without a
declaration fails the tests.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models


class Classe(models.TextChoices):
    PUBLIQUE = "publique", "Publique, dès que l’objet est publié"
    INTERNE = "interne", "Interne : état, dates, clés"
    PERSONNELLE = "personnelle", "Personnelle"
    SANTE = "sante", "Peut révéler une maladie ou un handicap"

    @classmethod
    def gardees(cls) -> set[str]:
        """Those whose readers are checked field by field."""
        return {cls.PUBLIQUE, cls.PERSONNELLE, cls.SANTE}


class Cercle(models.TextChoices):
    """Who may read. The first five mean the same everywhere; an app says who the others are."""

    TOUS = "tous", "tout le monde"
    MEMBRES = "membres", "les personnes connectées"
    MODERATION = "moderation", "l’équipe qui modère"
    ADMINISTRATION = "administration", "les personnes qui administrent le hub"
    PERSONNE = "personne", "personne : seul le hub s’en sert"
    PROPRIETAIRE = "proprietaire", "vous"
    AUTEURS = "auteurs", "les personnes qui écrivent la même fiche"
    EQUIPE = "equipe", "l’équipe de l’appel"
    ACCORD = "accord", "l’autre côté, après votre double accord"
    CANDIDATS = "candidats", "les personnes qui ont répondu à l’appel"
    TIERS = "tiers", "le tiers de confiance"
    STRUCTURE = "structure", "les personnes rattachées à la structure"
    VOIX = "voix", "les personnes de votre côté du projet"
    RELECTURE = "relecture", "les personnes qui relisent les synthèses"


class Effacement(models.TextChoices):
    """What becomes of the rows of a person who leaves."""

    SUPPRIMER = "supprimer", "Effacé"
    ANONYMISER = "anonymiser", "Gardé sans ce qui vous identifie"
    GARDER = "garder", "Gardé"


Cercles = tuple[Cercle, ...] | Callable[[models.Model, str], Iterable[Cercle]]


@dataclass(frozen=True)
class Champs:
    """Fields of one class, read by the same circles (fixed, or computed from the row)."""

    noms: tuple[str, ...]
    classe: Classe
    cercles: Cercles = (Cercle.PERSONNE,)
    de: Callable[[models.Model], set[int]] | None = None  # whose words these are; else the owner's
    # Kept when their author leaves, although personal: why.
    garde: str = ""


def champs(noms: str, classe: Classe, cercles: Cercles = (Cercle.PERSONNE,), **options) -> Champs:
    return Champs(tuple(noms.split()), classe, cercles, **options)


def internes(noms: str) -> Champs:
    """Keys, states, dates, counters: nothing that a person typed or is."""
    return Champs(tuple(noms.split()), Classe.INTERNE)


@dataclass(frozen=True)
class Declaration:
    """One model: why, how long, what, for whom, whose."""

    modele: type[models.Model]
    finalite: str
    conservation: str
    groupes: tuple[Champs, ...]
    effacement: Effacement = Effacement.SUPPRIMER
    pourquoi: str = ""  # why something is kept when the person leaves
    a_moi: Callable | None = None  # person -> queryset of the rows about them
    effacer: Callable | None = None  # person -> None; by default the rows are deleted
    cercles: dict[Cercle, Callable] = field(default_factory=dict)  # row -> keys of accounts
    corriger: Callable | None = None  # row -> address of the page where it is corrected
    fichiers: Callable | None = None  # person -> [(name in the copy, Path)]

    @property
    def nom(self) -> str:
        return str(self.modele._meta.verbose_name_plural)

    @cached_property
    def par_champ(self) -> dict[str, Champs]:
        return {nom: groupe for groupe in self.groupes for nom in groupe.noms}

    @cached_property
    def champs_gardes(self) -> list[str]:
        """Fields whose readers matter."""
        return [nom for nom, g in self.par_champ.items() if g.classe in Classe.gardees()]

    def cercles_de(self, objet: models.Model, nom: str) -> tuple[Cercle, ...]:
        """Who may read this field of this row."""
        cercles = self.par_champ[nom].cercles
        trouves = tuple(cercles(objet, nom)) if callable(cercles) else cercles
        for elargir in _ELARGIS.get((self.modele._meta.label, nom), ()):
            trouves = (*trouves, *(c for c in elargir(objet) if isinstance(c, Cercle)))
        return trouves

    def comptes_de(self, objet: models.Model, nom: str) -> set[int]:
        """Accounts that may read this field of this row by what they are to it."""
        cles: set[int] = set()
        for cercle in self.cercles_de(objet, nom):
            if qui := self.cercles.get(cercle):
                cles |= {cle for cle in qui(objet) if cle}
        for elargir in _ELARGIS.get((self.modele._meta.label, nom), ()):
            cles |= {c for c in elargir(objet) if isinstance(c, int)}
        return cles

    def auteurs_de(self, objet: models.Model, nom: str) -> set[int]:
        """Accounts whose data this field of this row is."""
        groupe = self.par_champ[nom]
        qui = groupe.de or self.cercles.get(Cercle.PROPRIETAIRE)
        return {cle for cle in qui(objet) if cle} if qui else set()


_DECLARATIONS: dict[type[models.Model], Declaration] = {}
_ELARGIS: dict[tuple[str, str], list[Callable]] = {}


def declarer(modele, *groupes: Champs, finalite: str, conservation: str, **options) -> Declaration:
    """Register one model; called by the ``rgpd.py`` of an app."""
    assert modele not in _DECLARATIONS, f"{modele} is declared twice"
    _DECLARATIONS[modele] = Declaration(modele, finalite, conservation, groupes, **options)
    return _DECLARATIONS[modele]


def elargir(modele: str, nom: str):
    """Let an app add readers to a field of another: ``fonction(row) -> circles and account keys``.

    After a double agreement the directory shows a name that belongs to accounts.
    """

    def enregistrer(fonction):
        _ELARGIS.setdefault((modele, nom), []).append(fonction)
        return fonction

    return enregistrer


def declarations() -> list[Declaration]:
    return list(_DECLARATIONS.values())


def declaration_de(modele) -> Declaration | None:
    return _DECLARATIONS.get(modele)


def champs_du_modele(modele) -> set[str]:
    """Names of the columns and of the many-to-many links that a declaration must name."""
    meta = modele._meta
    return {f.name for f in (*meta.local_fields, *meta.local_many_to_many)}


# --- One person ------------------------------------------------------------------------------
def lignes_de(personne) -> Iterator[tuple[Declaration, list[models.Model]]]:
    """Everything held about ``personne``, model after model; nothing for models without rows."""
    for declaration in _DECLARATIONS.values():
        if declaration.a_moi:
            lignes = list(declaration.a_moi(personne))
            if lignes:
                yield declaration, lignes


def effacer(personne) -> None:
    """Erase what each model holds about ``personne``, the most specific apps first.

    In the caller's transaction. Whatever is kept is said by its declaration.
    """
    from hubpartenariat.socle.effacement import adresses_de

    adresses_de(personne)  # remembered before the rows that hold them go
    for declaration in reversed(_DECLARATIONS.values()):
        if declaration.effacer:
            declaration.effacer(personne)
        elif declaration.a_moi and declaration.effacement == Effacement.SUPPRIMER:
            declaration.a_moi(personne).delete()


def gardees() -> list[Declaration]:
    """What stays when somebody leaves, with the reason."""
    return [d for d in _DECLARATIONS.values() if d.pourquoi]
