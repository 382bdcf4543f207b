"""The map of Île-de-France, drawn on the server as SVG. Pure functions: counts in, drawing out.

With links (a page), the colours come from the style sheet and the enlargement of Paris and the
petite couronne is a second drawing that goes below or beside the first. Without links (a PDF),
everything is one self-contained picture: literal colours, legend and enlargement inside.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from hubpartenariat.socle.choses import FICHES, Chose
from hubpartenariat.socle.contours import noms, vue_departement
from hubpartenariat.socle.dessin import (
    PAPIER,
    Ligne,
    Palier,
    cadre,
    communes,
    gabarit,
    image_region,
    nombre_fr,
    page_region,
)
from hubpartenariat.socle.territoire import PARIS
from hubpartenariat.socle.vocabulaires import Departement

Lien = Callable[[str], str]

ECHELLE = ("#e3f1f0", "#b9dddf", "#84c0c5", "#4799a8", "#0f6b80")
# Which steps of the scale to use for 1 to 5 classes: as far apart as possible.
NUANCES = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
REGION = "region"


@dataclass(frozen=True)
class Carte:
    """A drawn map and the same numbers as lines."""

    titre: str
    svg: SafeString
    lignes: list[Ligne]
    legende: list[Palier]
    resume: str
    a_part: Ligne | None = None  # what no shape can carry: the whole region, no commune given
    retour: str | None = None
    departement: str = ""
    chose: Chose = FICHES


def paliers(comptes: Iterable[int], vide: str = "vide") -> list[Palier]:
    """The legend: nothing ("vide" hatched, "nu" plain), then up to five round equal classes."""
    maximum = max(comptes, default=0)
    zero = [Palier("aucune", vide, PAPIER, 0, 0)]
    if maximum <= 0:
        return zero
    largeur = _rond(-(-maximum // 5))
    nombre = -(-maximum // largeur)
    classes = []
    for rang, nuance in enumerate(NUANCES[nombre]):
        bas, haut = rang * largeur + 1, (rang + 1) * largeur
        libelle = nombre_fr(bas) if bas == haut else f"{nombre_fr(bas)} à {nombre_fr(haut)}"
        classes.append(Palier(libelle, str(nuance), ECHELLE[nuance], bas, haut))
    return zero + classes


def _rond(nombre: int) -> int:
    """The first round number that is not smaller: 1, 2, 3, 4, 5, 10, 15, 20, 25, 30…"""
    puissance = 1
    while True:
        for pas in (1, 2, 3, 4, 5) if puissance == 1 else (1, 1.5, 2, 2.5, 3, 4, 5):
            if nombre <= pas * puissance:
                return int(pas * puissance)
        puissance *= 10


def carte_region(
    comptes: Mapping[str, int],
    lien: Lien | None = None,
    actif: Iterable[str] = (),
    chose: Chose = FICHES,
) -> Carte:
    """The eight départements shaded by count; ``comptes["region"]`` stays apart.

    ``lien`` gives the address of a click on a code; None draws a picture for a PDF.
    """
    actif = set(actif)
    lignes = [
        _ligne(code, f"{nom} ({code})", comptes, lien, actif, chose)
        for code, nom in Departement.choices
    ]
    region = _ligne(REGION, "Région entière", comptes, lien, actif, chose)
    legende = paliers(ligne.nombre for ligne in lignes)
    titre = f"Nombre de {chose.pluriel} par département d’Île-de-France"
    dessinees = {ligne.code: ligne for ligne in lignes}
    svg = (
        page_region(dessinees, legende, titre)
        if lien
        else image_region(dessinees, region, legende, titre)
    )
    servis = sum(ligne.nombre > 0 for ligne in lignes)
    resume = f"{servis} département{'s' if servis > 1 else ''} sur 8 avec au moins {chose.une}."
    if not servis:
        accord = "e" if chose.feminin else ""
        resume = f"{capfirst(chose.aucune)} n’est rattaché{accord} à un département."
    return Carte(titre, svg, [*lignes, region], legende, resume, a_part=region, chose=chose)


def carte_departement(
    code: str,
    comptes: Mapping[str, int],
    lien: Lien | None = None,
    lien_retour: str | None = None,
    actif: Iterable[str] = (),
    chose: Chose = FICHES,
) -> Carte:
    """One département and its communes (arrondissements for Paris) shaded by count.

    Counts are by INSEE code. Those of the whole département (its own code, or Paris 75056) belong
    to no shape: they are given apart.
    """
    actif = set(actif)
    nom = Departement(code).label
    vue = vue_departement(code)
    tous = noms()
    lignes = [
        _ligne(zone, tous[zone], comptes, lien if comptes.get(zone) else None, actif, chose)
        for zone in vue.traces
    ]
    cle_a_part = PARIS if code == "75" and comptes.get(PARIS) else code
    a_part = None
    if sans := comptes.get(code, 0) + (comptes.get(PARIS, 0) if code == "75" else 0):
        quoi = "Arrondissement non précisé" if code == "75" else "Commune non précisée"
        url = lien(cle_a_part) if lien and comptes.get(cle_a_part) else None
        a_part = Ligne(cle_a_part, quoi, sans, url, cle_a_part in actif, chose)
    legende = paliers((ligne.nombre for ligne in lignes), vide="nu")
    quoi = "arrondissements" if code == "75" else "communes"
    titre = f"Nombre de {chose.pluriel} par {quoi[:-1]}, {nom} ({code})"
    triees = sorted(lignes, key=lambda x: (-x.nombre, x.code))
    servies = [x for x in triees if x.nombre]
    resume = f"{len(servies)} {quoi if len(servies) > 1 else quoi[:-1]} sur {len(lignes)} "
    resume += f"{'ont' if len(servies) > 1 else 'a'} au moins {chose.une}." if servies else ""
    if not servies:
        resume = f"{capfirst(chose.aucune)} n’indique encore de {quoi[:-1]} ici."
    classe = gabarit(vue)
    interieur = communes(vue, triees if code == "75" else servies, legende, not lien, classe)
    svg = cadre(vue.largeur, vue.hauteur, interieur, titre, bool(lien), classe)
    montrees = lignes if code == "75" else servies
    return Carte(
        titre,
        svg,
        [*montrees, *([a_part] if a_part else [])],
        legende,
        resume,
        a_part=a_part,
        retour=lien_retour,
        departement=code,
        chose=chose,
    )


def _ligne(code, libelle, comptes, lien, actif, chose) -> Ligne:
    url = lien(code) if lien else None
    return Ligne(code, libelle, comptes.get(code, 0), url, code in actif, chose)
