"""Reports as documents: the publication template, its maps, its code to scan."""

from datetime import timedelta
from functools import lru_cache
from io import BytesIO

import segno
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from hubpartenariat.socle.carte import Carte, carte_departement, carte_region
from hubpartenariat.socle.documents import GenreDocument
from hubpartenariat.socle.journal import consigner
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
    """A document in the clothes of a publication: data as ``assembler`` gives them.

    ``se_verifie``: what may be found, later, at the address that it prints.
    """

    gabarit = "pdf/publication.html"
    se_verifie = (
        "Ces nombres sont ceux du jour indiqué. À l’adresse ci-dessus, la page montre ceux du jour "
        "où vous la lisez : ils peuvent avoir changé, et l’empreinte avec eux. Pour citer des "
        "nombres que chacun retrouvera, demandez une édition : elle est numérotée et ne change "
        "plus. Les mêmes données donnent toujours le même document."
    )

    def commun(self, demande):
        return super().commun(demande) | {"se_verifie": self.se_verifie}

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

    def telecharge(self, demande, personne):
        """In the journal when the report is not open to everybody."""
        if self.rapport.permission:
            dit = {"rapport": self.rapport.code, "territoire": demande.parametres.get("territoire")}
            consigner(personne, "telecharger_un_rapport", personne, **dit, format="pdf")

    def actuels(self, parametres):
        return parametres | {"au": timezone.localdate().isoformat()}

    def donnees(self, parametres):
        """As of today: the fiches of another day are not kept."""
        portee = Portee.lire(parametres)
        if not _d_aujourd_hui(portee):
            raise PorteeIllisible(
                "Ce rapport se lit au jour d’aujourd’hui : le hub ne garde pas les démarches d’un "
                "autre jour. Les éditions numérotées, elles, ne changent plus."
            )
        return assembler(self.rapport, portee)

    def empreinte(self, parametres, donnees=None):
        """Nothing to compare with on another day: what was made then has expired."""
        if donnees is None and not _d_aujourd_hui(Portee.lire(parametres)):
            return ""
        return super().empreinte(parametres, donnees)


def _d_aujourd_hui(portee: Portee) -> bool:
    """Today; yesterday too, for what was asked just before midnight."""
    return timedelta(0) <= timezone.localdate() - portee.au <= timedelta(1)
