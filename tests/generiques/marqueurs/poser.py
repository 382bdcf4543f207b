"""A word of its own in each private field of each row of the world."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.postgres.fields import ArrayField
from django.db import models

from consultation.models import Abonnement
from hubpartenariat.socle import registre
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.registre import Cercle, Declaration

MOTIF = re.compile(r"zq([0-9a-z]{4})zq")
CHIFFRES = "0123456789abcdefghijklmnopqrstuvwxyz"
# Fields that cannot hold a word, or that must keep what they hold for the hub to work.
NON_MARQUES = {
    "comptes.Utilisateur.password": "a digest; anything else closes the session",
    "mfa.Authenticator.data": "encrypted; the pages of the second step read it",
    "account.EmailConfirmation.key": "no row: confirmation is by code",
    "annuaire.LienMagique.empreinte": "a digest, by which the link is found",
    "usersessions.UserSession.ip": "an address of the network",
    "sessions.Session.session_data": "signed; looked into apart",
    "socle.Courriel.destinataire": "follows the address of its person",
    "consultation.Abonnement.courriel": "follows the address of its person",
    "ressources.ReponseDeVoix.codes": "codes of a fixed list; test_barometre.py looks for them",
    "socle.EntreeIndex.vecteur": "written by triggers; looked into apart",
    "socle.EntreeIndex.cle_titre": "written by triggers; looked into apart",
}


# Filled in some states only: a word elsewhere would be in no page.
SEULEMENT_REMPLIS = {"raison", "motif", "suite"}


@dataclass(frozen=True)
class Marque:
    """One word: the field that it stands for."""

    mot: str
    declaration: Declaration
    objet: models.Model
    champ: str

    def __str__(self):
        return f"{self.etiquette} (row {self.objet.pk}, {self.mot})"

    @property
    def etiquette(self) -> str:
        return f"{self.declaration.modele._meta.label}.{self.champ}"

    def auteurs(self) -> set[int]:
        return self.declaration.auteurs_de(self.objet, self.champ)


@dataclass
class Marques:
    """Every word, and who may read each."""

    par_mot: dict[str, Marque] = field(default_factory=dict)
    _lecteurs: dict[str, tuple[set, set]] = field(default_factory=dict)

    def trouver(self, texte: str) -> set[str]:
        return {mot for mot in MOTIF.findall(texte) if mot in self.par_mot}

    def lecteurs(self, mot: str) -> tuple[set[Cercle], set[int]]:
        if mot not in self._lecteurs:
            marque = self.par_mot[mot]
            objet = marque.declaration.modele._base_manager.filter(pk=marque.objet.pk).first()
            if objet is None:
                return set(), set()
            self._lecteurs[mot] = (
                set(marque.declaration.cercles_de(objet, marque.champ)),
                marque.declaration.comptes_de(objet, marque.champ),
            )
        return self._lecteurs[mot]

    def oublier_les_lecteurs(self) -> None:
        """Rights have changed."""
        self._lecteurs.clear()

    def permis(self, mot: str, role: str, compte) -> bool:
        """May this person, in this role, read this word? A role without its second step is none."""
        cercles, comptes = self.lecteurs(mot)
        return (
            Cercle.TOUS in cercles
            or (compte is not None and (Cercle.MEMBRES in cercles or compte.pk in comptes))
            or (Cercle.MODERATION in cercles and role in ("moderateur", "administrateur"))
            or (Cercle.ADMINISTRATION in cercles and role == "administrateur")
        )

    def permis_a_l_instant(self, mot: str, role: str, compte) -> bool:
        """The same, with rights read again: what was just sent may have given some (a place at a
        meeting). Forgotten at once, since the crawl takes back what it sends."""
        garde = self._lecteurs.pop(mot, None)
        try:
            return self.permis(mot, role, compte)
        finally:
            self._lecteurs.pop(mot, None)
            if garde is not None:
                self._lecteurs[mot] = garde

    def de(self, compte) -> set[str]:
        """The words that are data of this account."""
        return {mot for mot, marque in self.par_mot.items() if compte.pk in marque.auteurs()}


def marquable(champ: models.Field) -> bool:
    """A field in which a person could have typed a word."""
    if isinstance(champ, ArrayField):
        return marquable(champ.base_field)
    texte = isinstance(champ, (models.CharField, models.TextField))
    return texte and not champ.choices and not isinstance(champ, models.SlugField)


def valeur(champ: models.Field, mot: str):
    marque = f"zq{mot}zq"
    if isinstance(champ, ArrayField):
        return [marque]
    if isinstance(champ, models.EmailField):
        return f"{marque}@exemple.fr"
    if isinstance(champ, models.URLField):
        return f"https://exemple.fr/{marque}"
    return marque


def champs_a_marquer(declaration: Declaration) -> Iterator[str]:
    for nom in declaration.champs_gardes:
        groupe = declaration.par_champ[nom]
        champ = declaration.modele._meta.get_field(nom)
        ouvert = not callable(groupe.cercles) and Cercle.TOUS in groupe.cercles
        if f"{declaration.modele._meta.label}.{nom}" in NON_MARQUES or ouvert:
            continue
        if marquable(champ):
            yield nom


def poser() -> Marques:
    """Mark every row of the database; below the models, so that nothing else changes."""
    marques, numeros = Marques(), itertools.product(CHIFFRES, repeat=3)
    adresses = {}
    for declaration in registre.declarations():
        modele, noms = declaration.modele, list(champs_a_marquer(declaration))
        for objet in modele._base_manager.order_by("pk") if noms else ():
            valeurs = {}
            for nom in noms:
                champ = modele._meta.get_field(nom)
                if nom in SEULEMENT_REMPLIS and not getattr(objet, nom):
                    continue
                mot = "a" + "".join(next(numeros))
                marques.par_mot[mot] = Marque(mot, declaration, objet, nom)
                valeurs[nom] = valeur(champ, mot)
            if modele._meta.label == "comptes.Utilisateur":
                adresses[objet.email] = valeurs["email"]
            if valeurs:
                modele._base_manager.filter(pk=objet.pk).update(**valeurs)
    for avant, apres in adresses.items():
        Courriel.objects.filter(destinataire=avant).update(destinataire=apres)
        Abonnement.objects.filter(courriel=avant).update(courriel=apres)
    return marques
