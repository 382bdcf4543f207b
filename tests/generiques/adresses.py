"""Every address of the hub, read from the URL resolver and filled with the objects of the world.

A new URL pattern whose parameters nobody knows how to fill raises ``SansRemplisseur``: the walk is
complete or it does not run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from cartographie.enums import Transition
from cartographie.sections import PARCOURS
from tests.generiques import adresses_annuaire, adresses_syntheses
from tests.generiques.monde import ABSENT, Monde
from tests.generiques.parties import etats_de, remplisseurs_de

EXTENSIONS = ("csv", "geojson", "json", "atom")
# The last pattern of the admin, which takes whatever no other took.
RESTE = r"administration/(?P<url>.*)$"


class SansRemplisseur(Exception):
    """A URL pattern has parameters that the walk does not know how to fill."""


@dataclass(frozen=True)
class Motif:
    """One URL pattern: its full name (or its route), and the names of its parameters."""

    nom: str
    route: str
    parametres: tuple[str, ...]
    vue: object

    @property
    def est_admin(self) -> bool:
        return self.route.startswith("administration/")

    def genre(self, parametre: str) -> str:
        """The converter of a parameter: ``slug``, ``uuid``, ``str``…"""
        trouve = re.search(rf"<(?:(\w+):)?{parametre}>", self.route)
        return (trouve and trouve[1]) or "str"


@dataclass(frozen=True)
class Adresse:
    """One address to ask: ``cartographie:fiche[publiee]``."""

    motif: Motif
    etat: str
    chemin: str

    @property
    def nom(self) -> str:
        return f"{self.motif.nom}[{self.etat}]" if self.etat else self.motif.nom


def motifs() -> list[Motif]:
    """Every URL pattern in the order of the resolver; of two with the same route, the first."""
    par_route: dict[str, Motif] = {}
    for motif in _motifs(get_resolver(), "", ()):
        par_route.setdefault(motif.route, motif)
    return list(par_route.values())


def _motifs(resolveur, route: str, espaces: tuple) -> Iterator[Motif]:
    for element in resolveur.url_patterns:
        ici = route + re.sub(r"^\^", "", str(element.pattern))
        if isinstance(element, URLResolver):
            dedans = (*espaces, element.namespace) if element.namespace else espaces
            yield from _motifs(element, ici, dedans)
        elif isinstance(element, URLPattern):
            nom = ":".join((*espaces, element.name)) if element.name else ici
            if ici == RESTE:
                nom, parametres = "administration:reste", ()
            elif isinstance(element.pattern, RoutePattern):
                parametres = tuple(re.findall(r"<(?:\w+:)?(\w+)>", ici))
            else:
                parametres = tuple(re.findall(r"\?P<(\w+)>", ici))
            yield Motif(nom, ici, parametres, element.callback)


# --- Fillers: (world, pattern) -> [(state, parameters)] -----------------------------------------
def _par_slug(monde: Monde, motif: Motif):
    for etat in ("publiee", "archivee"):
        yield etat, {"slug": monde.fiches[etat].slug}
    yield "absente", {"slug": "n-existe-pas"}


def _par_uuid(monde: Monde, motif: Motif):
    for etat, fiche in monde.fiches.items():
        yield etat, {"uuid": fiche.uuid}
    yield "absente", {"uuid": ABSENT}


def _par_section(monde: Monde, motif: Motif):
    premiere = PARCOURS[0].code
    for etat, fiche in monde.fiches.items():
        sections = [s.code for s in PARCOURS] if etat in ("vide", "brouillon") else [premiere]
        for code in sections:
            suite = "" if code == premiere else f"/{code}"
            yield f"{etat}{suite}", {"uuid": fiche.uuid, "section": code}
    yield "brouillon/inconnue", {"uuid": monde.fiches["brouillon"].uuid, "section": "inconnue"}
    yield "absente", {"uuid": ABSENT, "section": premiere}


def _par_cle(monde: Monde, motif: Motif):
    for etat, demande in monde.documents.items():
        yield etat, {"cle": demande.pk}
    yield "absent", {"cle": ABSENT}


def _par_jeton(monde: Monde, motif: Motif):
    for etat, jeton in monde.invitations.items():
        yield etat, {"jeton": jeton}
    yield "forgee", {"jeton": "n-importe-quoi"}


def _par_extension(monde: Monde, motif: Motif):
    for extension in EXTENSIONS:
        yield extension, {"ext": extension}
    yield "inconnue", {"ext": "exe"}


def _reinitialisation(monde: Monde, motif: Motif):
    compte = monde.personnes["membre"]
    cle = default_token_generator.make_token(compte)
    yield "valide", {"uidb36": user_pk_to_url_str(compte), "key": cle}
    yield "fausse", {"uidb36": user_pk_to_url_str(compte), "key": "abc-def"}
    yield "absente", {"uidb36": "zzzzz", "key": "abc-def"}


def _par_cle_webauthn(monde: Monde, motif: Motif):
    yield "auteur", {"pk": monde.cle_webauthn}
    yield "absente", {"pk": 999_999}


def _objet_admin(monde: Monde, motif: Motif):
    modele = modele_admin(motif)
    objet = modele._default_manager.order_by("pk").first()
    if modele is type(monde.fiches["soumise"]):
        for etat, fiche in monde.fiches.items():
            yield etat, {"object_id": fiche.pk}
    elif etats := etats_de(monde, modele):
        for etat, objet in etats.items():
            yield etat, {"object_id": objet.pk}
    elif objet is None:
        raise SansRemplisseur(f"the world holds no {modele.__name__}")
    else:
        yield "objet", {"object_id": objet.pk}
    yield (
        "absent",
        {
            "object_id": str(ABSENT)
            if modele._meta.pk.name == "id" and "uuid" in type(modele._meta.pk).__name__.lower()
            else "999999"
        },
    )


def _raccourci(monde: Monde, motif: Motif):
    fiche = monde.fiches["publiee"]
    genre = ContentType.objects.get_for_model(fiche).pk
    yield "fiche", {"content_type_id": genre, "object_id": fiche.pk}
    yield "absente", {"content_type_id": genre, "object_id": 999_999}


def _decision(monde: Monde, motif: Motif):
    for transition in Transition.de_moderation():
        yield f"soumise/{transition}", {"cle": monde.fiches["soumise"].pk, "transition": transition}
    for etat, transition in (("publiee", "archiver"), ("archivee", "restaurer")):
        yield f"{etat}/{transition}", {"cle": monde.fiches[etat].pk, "transition": transition}
    yield "soumise/reprendre", {"cle": monde.fiches["soumise"].pk, "transition": "reprendre"}
    yield "absente", {"cle": 999_999, "transition": "publier"}


def _application(monde: Monde, motif: Motif):
    for app in sorted({modele._meta.app_label for modele in admin.site._registry}):
        yield app, {"app_label": app}


REMPLISSEURS = {
    ("slug",): _par_slug,
    ("uuid",): _par_uuid,
    ("uuid", "section"): _par_section,
    ("cle",): _par_cle,
    ("jeton",): _par_jeton,
    ("ext",): _par_extension,
    ("uidb36", "key"): _reinitialisation,
    ("pk",): _par_cle_webauthn,
    ("object_id",): _objet_admin,
    ("content_type_id", "object_id"): _raccourci,
    ("app_label",): _application,
    ("cle", "transition"): _decision,
}


# One value for one parameter name, whatever the pattern: (world, pattern) -> [(state, value)].
def _fiches(monde: Monde, motif: Motif):
    for etat in ("soumise", "publiee", "brouillon"):
        yield etat, monde.fiches[etat].pk
    yield "absente", 999_999


VALEURS = adresses_annuaire.VALEURS | {"fiche": _fiches}


def remplisseur(motif: Motif):
    """Who fills this pattern: its app, the common ones, or value by value; None when nobody."""
    a_elle = remplisseurs_de(motif.route)
    if "annuaire" in motif.route:
        a_elle = adresses_annuaire.REMPLISSEURS
    if motif.route.startswith("syntheses/"):
        a_elle = adresses_syntheses.REMPLISSEURS
    trouve = a_elle.get((motif.nom, *motif.parametres)) or a_elle.get(motif.parametres)
    if trouve or (trouve := REMPLISSEURS.get(motif.parametres)):
        return trouve
    return _par_valeurs if set(motif.parametres) <= set(VALEURS) else None


def _par_valeurs(monde: Monde, motif: Motif):
    """The first parameter in each state, the others with their first value; then each absent."""
    valeurs = {nom: list(VALEURS[nom](monde, motif)) for nom in motif.parametres}
    premier, *autres = motif.parametres
    reste = {nom: valeurs[nom][0][1] for nom in autres}
    for etat, valeur in valeurs[premier]:
        yield etat, {premier: valeur} | reste
    for nom in autres:
        base = {premier: valeurs[premier][0][1]} | reste
        for etat, valeur in valeurs[nom][1:]:
            yield f"{valeurs[premier][0][0]}/{etat}", base | {nom: valeur}


def modele_admin(motif: Motif):
    """The model of an address of the admin, None for those of no model."""
    for modele in admin.site._registry:
        if motif.route.startswith(
            f"administration/{modele._meta.app_label}/{modele._meta.model_name}/"
        ):
            return modele
    return None


def adresses(monde: Monde) -> list[Adresse]:
    """Every address, with every state of what it shows."""
    trouvees = []
    for motif in motifs():
        if motif.route == RESTE:
            trouvees.append(Adresse(motif, "", "/administration/n-existe-pas/"))
        elif not motif.parametres:
            trouvees.append(Adresse(motif, "", chemin(motif, {})))
        elif remplir := remplisseur(motif):
            for etat, parametres in remplir(monde, motif):
                trouvees.append(Adresse(motif, etat, chemin(motif, parametres)))
        else:
            raise SansRemplisseur(
                f"{motif.nom}: {motif.parametres} (tests/generiques/adresses*.py)"
            )
    return trouvees


def chemin(motif: Motif, parametres: dict) -> str:
    if motif.nom != motif.route:
        return reverse(motif.nom, kwargs=parametres)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda t: str(parametres[t[1]]), motif.route)
