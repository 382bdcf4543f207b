"""Big documents: rendered in parts, a part at a time in memory, then joined.

Laying out thousands of pages at once takes gigabytes, and a time that grows faster than the
number of pages; parts of a few tens of pages keep both linear. Joining keeps the tags (one
structure tree, one parent tree), the bookmarks, the page numbers and the links of the contents:
a link to ``saut:NAME`` leads to the place ``id="NAME"`` of any part.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pikepdf

from hubpartenariat.socle import pdf

SAUT = "saut:"


@dataclass
class Partie:
    """One rendered part: its file, its number of pages, the pages of its places (from 0)."""

    fichier: Path
    pages: int
    places: dict[str, int] = field(default_factory=dict)


def rendre_partie(html: str, fichier: Path, *, titre: str, date: str, images=None) -> Partie:
    """Lay out one part and write it to ``fichier``."""
    places: dict[str, int] = {}
    contenu, pages = pdf.rendre(html, titre=titre, date=date, images=images, places=places)
    fichier.write_bytes(contenu)
    return Partie(fichier, pages, places)


def joindre(parties: Iterable[Partie], *, liminaires: int, date: str) -> tuple[bytes, int]:
    """One document of these parts; the first ``liminaires`` parts are numbered in roman."""
    parties = list(parties)
    premiere, *suite = parties
    debuts, total = [], 0
    for partie in parties:
        debuts.append(total)
        total += partie.pages
    places = {
        nom: debut + page
        for partie, debut in zip(parties, debuts, strict=True)
        for nom, page in partie.places.items()
    }
    with pikepdf.open(premiere.fichier) as document:
        signets = _signets(document, 0)
        for partie, debut in zip(suite, debuts[1:], strict=True):
            with pikepdf.open(partie.fichier) as source:
                signets += _signets(source, debut)
                _ajouter(document, source)
        _relier(document, places)
        _ecrire_les_signets(document, signets)
        _numeroter(document, sum(p.pages for p in parties[:liminaires]))
        sortie = BytesIO()
        document.save(
            sortie,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return sortie.getvalue(), total


def _ajouter(document, source) -> None:
    """Pages of ``source`` at the end, their tags at the end of the tree."""
    avant = len(document.pages)
    document.pages.extend(source.pages)
    racine = document.Root.StructTreeRoot
    nombres = racine.ParentTree.Nums
    decalage = int(racine.get("/ParentTreeNextKey", len(nombres) // 2))
    autre = document.copy_foreign(source.Root.StructTreeRoot)
    for element in _liste(autre.K):
        element.P = racine
        racine.K.append(element)
    ajoutes = autre.ParentTree.Nums
    for rang in range(0, len(ajoutes), 2):
        nombres.append(int(ajoutes[rang]) + decalage)
        nombres.append(ajoutes[rang + 1])
    racine.ParentTreeNextKey = decalage + len(ajoutes) // 2
    for numero in range(avant, len(document.pages)):
        page = document.pages[numero].obj
        if "/StructParents" in page:
            page.StructParents = int(page.StructParents) + decalage
        for annotation in page.get("/Annots", []):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + decalage


def _liste(valeur) -> list:
    return list(valeur) if isinstance(valeur, pikepdf.Array) else [valeur]


def _relier(document, places: dict[str, int]) -> None:
    """Links ``saut:NAME`` become jumps to the page that holds the place."""
    for page in document.pages:
        for annotation in page.obj.get("/Annots", []):
            adresse = str(annotation.get("/A", {}).get("/URI", ""))
            if not adresse.startswith(SAUT):
                continue
            cible = document.pages[places[adresse.removeprefix(SAUT)]].obj
            del annotation["/A"]
            annotation.Dest = pikepdf.Array([cible, pikepdf.Name.Fit])


def _signets(source, debut: int) -> list[tuple[str, int, list]]:
    """The bookmarks of a part: (title, page of the whole, children), two levels."""
    numeros = {page.obj.objgen: n for n, page in enumerate(source.pages)}

    def lire(elements, profondeur):
        for un in elements:
            cible = un.destination
            if isinstance(cible, pikepdf.Array) and len(cible):
                page = debut + numeros.get(cible[0].objgen, 0)
                dessous = list(lire(un.children, profondeur - 1)) if profondeur else []
                yield un.title, page, dessous

    with source.open_outline() as plan:
        return list(lire(plan.root, 1))


def _ecrire_les_signets(document, signets) -> None:
    def ecrire(titre, page, dessous):
        un = pikepdf.OutlineItem(titre, page)
        un.is_closed = True
        un.children.extend(ecrire(*d) for d in dessous)
        return un

    with document.open_outline() as plan:
        plan.root.clear()
        plan.root.extend(ecrire(*signet) for signet in signets)


def _numeroter(document, liminaires: int) -> None:
    """Page labels that say what is printed: roman before the body, then from 1."""
    document.Root.PageLabels = pikepdf.Dictionary(
        Nums=pikepdf.Array(
            [
                0,
                pikepdf.Dictionary(S=pikepdf.Name.r),
                liminaires,
                pikepdf.Dictionary(S=pikepdf.Name.D),
            ]
        )
    )
