"""Reports as documents: the publication template, its maps, its code to scan."""

from functools import lru_cache
from io import BytesIO

import segno
from django.urls import reverse
from django.utils.text import slugify

from hubpartenariat.socle.carte import Carte, carte_departement, carte_region
from hubpartenariat.socle.documents import GenreDocument
from hubpartenariat.socle.rapports.registre import Portee, PorteeIllisible, Rapport, assembler


@lru_cache(maxsize=64)
def code_a_scanner(adresse: str) -> str:
    """The address as a QR code, in SVG that scales."""
    sortie = BytesIO()
    segno.make(adresse, error="m").save(
        sortie, kind="svg", border=2, omitsize=True, xmldecl=False, svgns=True, dark="#1c2333"
    )
    return sortie.getvalue().decode()


def carte_de(bloc: dict, lien=None) -> Carte:
    """The map of a block."""
    if bloc["departement"]:
        return carte_departement(bloc["departement"], bloc["comptes"], lien)
    return carte_region(bloc["comptes"], lien)


def dessins(donnees: dict) -> dict[str, str]:
    """The maps of a report, by the key of their block."""
    return {
        bloc["cle"]: str(carte_de(bloc).svg)
        for chapitre in donnees["chapitres"]
        for bloc in chapitre["blocs"]
        if bloc["genre"] == "carte"
    }


class GenrePublication(GenreDocument):
    """A document in the clothes of a publication: data as ``assembler`` gives them."""

    gabarit = "pdf/publication.html"

    def images(self, donnees):
        return dessins(donnees)


class GenreRapport(GenrePublication):
    """A report as it stands today: ``{"territoire": code, "au": ISO day}``."""

    def __init__(self, rapport: Rapport):
        self.rapport = rapport
        self.code = f"rapport_{rapport.code}"
        self.version = rapport.version
        self.publie = rapport.permission is None

    def titre(self, parametres):
        return f"{self.rapport.titre}, {Portee.lire(parametres).nom}"

    def nom_fichier(self, parametres):
        portee = Portee.lire(parametres)
        return f"{slugify(self.rapport.code)}-{slugify(portee.nom)}-{portee.au:%Y-%m-%d}.pdf"

    def autorise(self, personne, parametres):
        try:
            Portee.lire(parametres)
        except PorteeIllisible:
            return False
        return self.rapport.lisible_par(personne)

    def page(self, parametres):
        portee = Portee.lire(parametres)
        adresse = reverse("syntheses:rapport", args=[self.rapport.code])
        return adresse if portee.regionale else f"{adresse}?territoire={portee.territoire}"

    def donnees(self, parametres):
        return assembler(self.rapport, Portee.lire(parametres))
