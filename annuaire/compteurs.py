"""How many people are ready to take part: the only thing that a visitor learns of the profiles.

Counted: open profiles whose owner agrees to the statistics, in each breakdown only those who let
that attribute be used. A group under five is not shown. So that it cannot be worked out:

- when a single group is hidden, the smallest of the others is hidden with it;
- what is shown is rounded down to a multiple of five, the total to a multiple of ten: one person
  more or less, or a subtraction, says nothing of a hidden group.

A person may be in several groups or in none, so that groups do not add up to the total anyway.
"""

from typing import NamedTuple

from django.db.models import Count, F, Func

from annuaire.enums import Regard
from annuaire.models import Profil
from hubpartenariat.comptes.consentements import Finalite
from hubpartenariat.socle.vocabulaires import Domaine, Territoire

SEUIL = 5
PAS = 5
PAS_DU_TOTAL = 10


class Groupe(NamedTuple):
    """One line of a breakdown; ``nombre`` is a floor (« 15 ou plus »), None when not shown."""

    code: str
    libelle: str
    nombre: int | None


class Compteurs(NamedTuple):
    total: int | None  # a floor too
    territoires: list[Groupe]
    domaines: list[Groupe]

    @property
    def vides(self) -> bool:
        """Is there nothing to show yet?"""
        return self.total is None and not any(
            groupe.nombre for groupe in [*self.territoires, *self.domaines]
        )


def compteurs_publics() -> Compteurs:
    """The public counts. Three queries, whatever the number of profiles."""
    comptes = Profil.objects.ouverts().avec_consentement(Finalite.STATISTIQUES)
    return Compteurs(
        total_publiable(comptes.count()),
        _ventiler(comptes, "territoires", Territoire),
        _ventiler(comptes, "domaines", Domaine),
    )


def _ventiler(profils, attribut: str, vocabulaire) -> list[Groupe]:
    lignes = (
        profils.exclude(visibilites__contains={attribut: Regard.JAMAIS})
        .order_by()
        .annotate(groupe=Func(F(attribut), function="unnest"))
        .values("groupe")
        .annotate(nombre=Count("pk", distinct=True))
    )
    effectifs = {ligne["groupe"]: ligne["nombre"] for ligne in lignes}
    montres = publiables({code: effectifs.get(code, 0) for code in vocabulaire.values})
    return [Groupe(code, libelle, montres[code]) for code, libelle in vocabulaire.choices]


def publiables(effectifs: dict[str, int]) -> dict[str, int | None]:
    """What may be shown of these counts; None for a hidden group."""
    caches = {code for code, nombre in effectifs.items() if nombre < SEUIL}
    if len(caches) == 1 and len(effectifs) > 1:
        caches.add(min(effectifs.keys() - caches, key=lambda code: (effectifs[code], code)))
    return {
        code: None if code in caches else nombre - nombre % PAS
        for code, nombre in effectifs.items()
    }


def total_publiable(nombre: int) -> int | None:
    return nombre - nombre % PAS_DU_TOTAL or None
