"""Parts of the small world, found by their names: ``monde_<part>.py`` and ``adresses_<part>.py``.

A ``monde_*.py`` that has a ``NOM`` and a ``construire(monde)`` adds ``monde.parties[NOM]``: any
object, with ``etats_de(model)`` when the administration shows its objects state by state. An
``adresses_*.py`` that has a ``PREFIXE`` fills the addresses that begin so with its
``REMPLISSEURS``; the longest prefix wins.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType


@cache
def _modules(debut: str, marque: str) -> tuple[ModuleType, ...]:
    fichiers = sorted(Path(__file__).parent.glob(f"{debut}_*.py"))
    modules = [import_module(f"{__package__}.{fichier.stem}") for fichier in fichiers]
    return tuple(module for module in modules if hasattr(module, marque))


def construire_les_parties(monde) -> None:
    """Build every part, in the order of their file names."""
    for module in _modules("monde", "NOM"):
        monde.parties[module.NOM] = module.construire(monde)


def remplisseurs_de(route: str) -> dict:
    """The fillers of the part to which this address belongs; none when no part claims it."""
    siens = [m for m in _modules("adresses", "PREFIXE") if route.startswith(m.PREFIXE)]
    return max(siens, key=lambda module: len(module.PREFIXE)).REMPLISSEURS if siens else {}


def etats_de(monde, modele) -> dict:
    """{state: object} of this model, from the part that knows its states."""
    for partie in (monde.annuaire, *monde.parties.values()):
        if etats := getattr(partie, "etats_de", lambda modele: {})(modele):
            return etats
    return {}
