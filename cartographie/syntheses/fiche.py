"""Documents made from fiches."""

from urllib.parse import urlsplit

from django.urls import reverse

from cartographie.enums import EtatFiche, Visibilite
from cartographie.models import Fiche
from cartographie.sections import PARCOURS
from hubpartenariat.socle.documents import GenreDocument, genre_de_document
from hubpartenariat.socle.pdf import borner, lisible
from hubpartenariat.socle.vocabulaires import CHECK_LIST_HAS, ReponseCheckList

COURT, LONG = 300, 3200  # characters kept of a line, of a text: the site has the rest
LIGNES_MAX = 40  # tags, links
SANS_TITRE = "Fiche sans titre"


@genre_de_document
class FicheEnPdf(GenreDocument):
    """One fiche: ``{"fiche": uuid}`` or with ``"travail": True`` as its authors see it."""

    code = "fiche"
    gabarit = "cartographie/pdf/fiche.html"
    version = 1
    publie = True

    def fiche(self, parametres):
        return Fiche.objects.select_related("commune").get(uuid=parametres["fiche"])

    def titre(self, parametres):
        return borner(str(self.fiche(parametres)), 200) or SANS_TITRE

    def nom_fichier(self, parametres):
        fiche = self.fiche(parametres)
        return f"fiche-{fiche.slug or str(fiche.uuid)[:8]}.pdf"

    def autorise(self, personne, parametres):
        fiches = Fiche.objects.filter(uuid=parametres["fiche"])
        if not parametres.get("travail"):
            return fiches.publiees().exists()
        if not personne.is_authenticated:
            return False
        if personne.has_perm("cartographie.moderer_fiche"):
            # A draft that was never sent belongs to its authors, here too.
            fiches = fiches.moderables() | fiches.filter(auteurs=personne)
            return fiches.exists()
        return fiches.filter(auteurs=personne).exists()

    def page(self, parametres):
        if parametres.get("travail"):
            return reverse("cartographie:relecture", args=[parametres["fiche"]])
        return reverse("cartographie:fiche", args=[self.fiche(parametres).slug])

    def donnees(self, parametres):
        fiche = self.fiche(parametres)
        if not parametres.get("travail"):
            return contenu_public(fiche)
        return contenu_de(fiche, fiche.modifiee_le, EtatFiche(fiche.etat).label)


def contenu_public(fiche) -> dict:
    """All that a document shows of a published fiche. One query (links)."""
    return contenu_de(fiche, fiche.publiee_le or fiche.modifiee_le, "")


def contenu_de(fiche, quand, etat: str) -> dict:
    return {
        "date": quand.isoformat(),
        "etat": etat,
        "exemple": fiche.exemple,
        "titre": borner(fiche.titre, COURT) or SANS_TITRE,
        "resume": borner(fiche.resume, LONG),
        "structure": borner(fiche.structure_nom, COURT),
        "type_structure": fiche.get_type_structure_display(),
        "territoires": libelles(fiche, "departements"),
        "sections": [
            {"titre": section.titre, "blocs": [bloc for bloc in blocs if bloc]}
            for section, blocs in zip(PARCOURS, contenus(fiche), strict=True)
        ],
        "contact": contact(fiche),
    }


def contenus(fiche) -> list[list[dict]]:
    """The blocks of the four sections, empty ones as ``{}``. One query (links)."""
    commune = fiche.commune.libelle if fiche.commune else ""
    liens = [
        {"titre": borner(lien.titre, COURT), "url": lien.url}
        for lien in fiche.liens.all()[:LIGNES_MAX]
        if urlsplit(lien.url).scheme in {"http", "https"}
    ]
    page = fiche.page_web if urlsplit(fiche.page_web).scheme in {"http", "https"} else ""
    reperes = [
        ligne("Commune", commune),
        ligne("Thèmes ou maladies", ", ".join(lisible(t) for t in fiche.themes[:LIGNES_MAX])),
        ligne("Public concerné", fiche.public),
        ligne("Début", str(fiche.annee_debut or "")),
        ligne("Avancement", fiche.get_avancement_display()),
        ligne("Page web", page, url=page),
    ]
    nombres = [
        ligne("Patients partenaires", nombre(fiche.nb_patients)),
        ligne("Professionnels", nombre(fiche.nb_professionnels)),
        ligne("Degré d’engagement", fiche.get_degre_display()),
    ]
    return [
        [tableau("Repères", reperes)],
        [
            tableau("En bref", nombres),
            liste("Acteurs impliqués", libelles(fiche, "acteurs")),
            liste("Domaines d’intervention", libelles(fiche, "domaines")),
            liste("Formes d’action", libelles(fiche, "formes")),
            liste("Étapes menées ensemble", libelles(fiche, "etapes")),
        ],
        [
            liste("Recrutement des patients partenaires", libelles(fiche, "recrutements")),
            liste("Statut et reconnaissance", libelles(fiche, "statuts")),
            liste("Cadre formalisé", libelles(fiche, "cadres")),
            prose("Formation", fiche.get_formation_display(), fiche.formation_texte),
            prose("Pilotage", fiche.pilotage),
            prose("Évaluation", fiche.evaluation),
            prose("Financement", fiche.financement),
            check_list(fiche.check_list),
        ],
        [
            liste("Leviers", libelles(fiche, "leviers"), fiche.leviers_texte),
            liste("Freins", libelles(fiche, "freins"), fiche.freins_texte),
            liste("Besoins d’appui", libelles(fiche, "besoins"), fiche.besoins_texte),
            prose("Résultats", fiche.resultats),
            prose("Conseils à d’autres équipes", fiche.conseils),
            {"genre": "liens", "titre": "Documents et liens", "liens": liens} if liens else {},
        ],
    ]


def libelles(fiche, champ: str) -> list[str]:
    """Labels of a multi-valued field, in the order of the vocabulary."""
    choix = dict(fiche._meta.get_field(champ).base_field.choices)
    return [libelle for code, libelle in choix.items() if code in getattr(fiche, champ)]


def nombre(valeur: int | None) -> str:
    return "" if valeur is None else f"{valeur:,}".replace(",", "\u202f")


def ligne(titre: str, valeur: str, url: str = "") -> dict:
    return {"titre": titre, "valeur": borner(valeur, COURT), "url": url} if valeur else {}


def tableau(titre: str, lignes: list[dict]) -> dict:
    lignes = [une for une in lignes if une]
    return {"genre": "tableau", "titre": titre, "lignes": lignes} if lignes else {}


def liste(titre: str, valeurs: list[str], texte: str = "") -> dict:
    if not valeurs and not texte:
        return {}
    return {"genre": "liste", "titre": titre, "valeurs": valeurs, "texte": borner(texte, LONG)}


def prose(titre: str, *textes: str) -> dict:
    retenus = [borner(texte, LONG) for texte in textes if texte]
    return {"genre": "prose", "titre": titre, "texte": "\n\n".join(retenus)} if retenus else {}


def check_list(reponses: dict) -> dict:
    """The ten criteria, once one is answered; an unanswered criterion says so."""
    mots = dict(ReponseCheckList.choices)
    # Answers come from a form, an import or an older version: anything else is no answer.
    codes = {cle: str(reponses.get(cle) or "") for cle in CHECK_LIST_HAS}
    codes = {cle: code if code in mots else "" for cle, code in codes.items()}
    if not any(codes.values()):
        return {}
    lignes = [
        {
            "numero": cle,
            "critere": critere,
            "code": codes[cle],
            "reponse": mots.get(codes[cle], "Sans réponse"),
        }
        for cle, critere in CHECK_LIST_HAS.items()
    ]
    oui = sum(une["code"] == ReponseCheckList.OUI for une in lignes)
    return {
        "genre": "check_list",
        "titre": "Check-list de la HAS",
        "oui": oui,
        "total": len(lignes),
        "lignes": lignes,
    }


def contact(fiche) -> list[str]:
    """The contact, only when its owner made it public."""
    if fiche.contact_visibilite != Visibilite.PUBLIQUE:
        return []
    lignes = [fiche.contact_nom, fiche.contact_courriel, fiche.contact_telephone]
    return [borner(une, COURT) for une in lignes if une]
