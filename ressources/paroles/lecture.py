"""What the public pages and formats say of stories: read from their public copy alone."""

from django.urls import reverse

from hubpartenariat.socle import formats
from hubpartenariat.socle import vocabulaires as v
from hubpartenariat.socle.choses import Chose
from hubpartenariat.socle.formats import Export, en_mots, propre
from hubpartenariat.socle.vues_de_liste import Liste, ranger
from ressources.models import Parole
from ressources.models.paroles import COPIES, QUESTIONS
from ressources.recherche.paroles import INDEX


def vignettes(ids: list[int]) -> list[Parole]:
    """Published stories by key, in the order of the keys, with what a card shows. One query."""
    return ranger(Parole.objects.publiees().pour_vignettes(), ids)


def completes(ids: list[int]) -> list[Parole]:
    """The same with what the formats say; the columns of the stories stay where they are."""
    return ranger(Parole.objects.publiees().defer("titre", *QUESTIONS, "signature"), ids)


def reponses(copie: dict[str, str]) -> list[tuple[str, str]]:
    """[(question, answer)] of a copy, in order; empty answers are left out."""
    return [(mot, copie[nom]) for nom, mot in QUESTIONS.items() if copie.get(nom)]


LISTE = Liste(
    index=INDEX,
    chose=Chose("récit", "récits", feminin=False),
    page="ressources:paroles",
    formats="ressources:paroles_format",
    gabarit="ressources/paroles/liste.html",
    vignettes=vignettes,
)

COLONNES = {
    "identifiant": lambda p: p.uuid,
    "adresse": None,  # needs the request
    "titre": lambda p: p.publie["titre"],
    "qui raconte": lambda p: p.get_raconte_display(),
    **{mot.lower(): lambda p, nom=nom: p.publie[nom] for nom, mot in QUESTIONS.items()},
    "signé": lambda p: p.publie["signature"],
    "domaines": lambda p: en_mots(p.domaines, v.Domaine),
    "territoires": lambda p: en_mots(p.departements, v.Territoire),
    "publiée le": lambda p: p.publiee_le.date().isoformat(),
}


def adresse(parole, absolu) -> str:
    return absolu(reverse("ressources:parole", args=[parole.uuid]))


def resume(parole, absolu) -> dict:
    """What the JSON list says of one story; others rely on these names."""
    return {
        "id": str(parole.uuid),
        "url": adresse(parole, absolu),
        "qui_raconte": parole.raconte,
        **{nom: parole.publie[nom] for nom in COPIES},
        "domaines": parole.domaines,
        "departements": parole.departements,
        "publiee_le": parole.publiee_le.date().isoformat(),
    }


def point(parole, absolu) -> dict:
    """A GeoJSON feature without geometry: a story is nowhere in particular."""
    proprietes = resume(parole, absolu)
    return {
        "type": "Feature",
        "id": proprietes.pop("id"),
        "geometry": formats.geometrie(None),
        "properties": proprietes,
    }


def entree(parole) -> dict:
    """What the feed of news says of one story."""
    return {
        "title": propre(parole.publie["titre"]),
        "description": propre(parole.publie["quoi"]),
        "unique_id": f"urn:uuid:{parole.uuid}",
        "pubdate": parole.publiee_le,
        "updateddate": parole.publiee_le,
    }


EXPORT = Export(
    liste=LISTE,
    cle="paroles",
    fichier="paroles",
    titre="Paroles du partenariat en santé",
    description="Récits d’expérience : ce qui a été fait, avec qui, ce qui a changé.",
    completes=completes,
    colonnes=COLONNES,
    adresse=adresse,
    resume=resume,
    point=point,
    entree=entree,
)
