"""Every page that the walk knows, with the person who sees it: for axe, the validator, headers."""

from dataclasses import dataclass

from django.test import Client

from tests.generiques.adresses import adresses
from tests.generiques.monde import Monde
from tests.outils.controle import est_une_page

# The first of them who obtains the page looks at it.
REGARDS = ("visiteur", "auteur", "moderateur", "administrateur")
# Pages that change for a signed-in person in more than the name in the header.
DEUX_FOIS = {"accueil", "cartographie:liste", "cartographie:fiche[publiee]", "recherche"}
# One page stands for others drawn by the same template with the same kind of content.
SEMBLABLES = (
    ("cartographie:auteurs", ("brouillon", "soumise")),
    ("cartographie:supprimer", ("brouillon",)),
    ("cartographie:relecture", ("vide", "a_completer", "publiee", "refusee", "revision")),
    ("admin:cartographie_fiche_history", ("a_completer",)),
    ("admin:cartographie_fiche_delete", ("a_completer",)),
    ("admin:cartographie_fiche_change", ("vide", "soumise", "a_completer", "publiee")),
)
EN_PLUS = (
    ("liste sans résultat", "visiteur", "/cartographie/?q=introuvablissime&departement=77"),
    ("liste filtrée", "visiteur", "/cartographie/?departement=94&domaine=parcours&q=pairs"),
    ("liste d’un département", "visiteur", "/cartographie/?departement=77&departement=94"),
    ("liste, page lointaine", "visiteur", "/cartographie/?page=2"),
    ("recherche", "visiteur", "/recherche/?q=pairs"),
    ("recherche sans résultat", "visiteur", "/recherche/?q=introuvablissime"),
    ("404", "visiteur", "/n-existe-pas/"),
    ("404 connecté", "auteur", "/n-existe-pas/"),
    ("403", "membre", "/administration/login/"),
    ("message après renvoi", "auteur", "{section_soumise}"),
    ("deux facteurs exigés", "moderateur-", "/administration/"),
)


@dataclass(frozen=True)
class Page:
    nom: str
    role: str
    chemin: str
    statut: int
    html: str

    @property
    def zone(self) -> str:
        if self.chemin.startswith("/administration/"):
            return "administration"
        if self.chemin.startswith("/comptes/"):
            return "comptes"
        return "public" if self.role == "visiteur" else "connecte"


def _demander(monde: Monde, nom: str, role: str, chemin: str, statuts) -> Page | None:
    reponse = monde.client(role, Client).get(chemin)
    if reponse.status_code not in statuts or not est_une_page(reponse):
        return None
    return Page(nom, role, chemin, reponse.status_code, reponse.content.decode())


def _retenue(nom: str) -> bool:
    for debut, etats in SEMBLABLES:
        if nom.startswith(f"{debut}["):
            return nom.removeprefix(f"{debut}[").rstrip("]") in etats
    return True


def pages(monde: Monde) -> list[Page]:
    """Each page once per person to whom it differs, then empty results, errors and messages."""
    trouvees = []
    for adresse in adresses(monde):
        if not _retenue(adresse.nom):
            continue
        for role in REGARDS:
            page = _demander(monde, adresse.nom, role, adresse.chemin, (200, 410))
            if page:
                trouvees.append(page)
            if page and not (adresse.nom in DEUX_FOIS and role == "visiteur"):
                break
    soumise = monde.fiches["soumise"].uuid
    section = f"/cartographie/brouillons/{soumise}/informations-generales/"
    for nom, role, chemin in EN_PLUS:
        chemin = chemin.replace("{section_soumise}", section)
        page = _demander(monde, nom, role, chemin, (200, 302, 400, 403, 404))
        trouvees.append(page or Page(nom, role, chemin, 302, ""))
    return trouvees
