"""A selection of fiches as a booklet: cover, contents, each fiche from the top of a page."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cartographie.lecture import LISTE, dans_l_ordre
from cartographie.models import Fiche
from cartographie.recherche import INDEX
from cartographie.syntheses.fiche import contenu_public
from hubpartenariat.socle.documents import GenreDocument, genre_de_document
from hubpartenariat.socle.facettes import compter, identifiants
from hubpartenariat.socle.liste import Demande, DemandeIllisible
from hubpartenariat.socle.page_de_liste import puces
from hubpartenariat.socle.pdf_parties import joindre, rendre_partie
from hubpartenariat.socle.rapports.publication import code_a_scanner

FICHES_MAX = 1000
FICHES_MAX_VISITEUR = 150  # some fifteen seconds of a processor
PAR_PARTIE = 12  # fiches laid out together: some forty pages
TROP = (
    f"Un livret compte {FICHES_MAX} fiches au plus. Ajoutez un filtre, un territoire par exemple, "
    "puis demandez-le de nouveau."
)
TROP_SANS_COMPTE = (
    f"Sans compte, un livret compte {FICHES_MAX_VISITEUR} fiches au plus. Ajoutez un filtre, ou "
    f"connectez-vous pour en composer un de {FICHES_MAX} fiches."
)
AUCUNE = "Aucune démarche ne répond à ces filtres : il n’y a rien à mettre en livret."


def raison_de_refuser(total: int, personne) -> str | None:
    """Why a list of ``total`` fiches makes no booklet for this person, in French."""
    if not total:
        return AUCUNE
    if total > FICHES_MAX:
        return TROP
    if total > FICHES_MAX_VISITEUR and not personne.is_authenticated:
        return TROP_SANS_COMPTE
    return None


@genre_de_document
class LivretEnPdf(GenreDocument):
    """``{"filtres": canonical query string}``: the published fiches of a filtered list."""

    code = "livret"
    gabarit = "cartographie/pdf/livret.html"
    version = 2
    publie = True
    gros = True
    se_verifie = (
        "Ce livret réunit les fiches publiées ce jour-là. À l’adresse ci-dessus, la liste montre "
        "celles du jour où vous la lisez : des équipes ont pu en ajouter, ou corriger la leur."
    )

    def commun(self, demande):
        return super().commun(demande) | {"se_verifie": self.se_verifie}

    def demande(self, parametres) -> Demande:
        return Demande.lire(INDEX, QueryDict(str(parametres.get("filtres", "")).lstrip("?")))

    def titre(self, parametres):
        return "Livret des démarches de partenariat"

    def nom_fichier(self, parametres):
        return "livret-des-demarches.pdf"

    def autorise(self, personne, parametres):
        try:
            self.demande(parametres)
        except DemandeIllisible:
            return False
        return True

    def page(self, parametres):
        return reverse("cartographie:liste") + self.demande(parametres).avec(page=1).adresse

    def donnees(self, parametres):
        """Which fiches, in which state: the worker reads their texts. Three queries."""
        demande = self.demande(parametres)
        comptes = compter(demande)
        ids = identifiants(demande, comptes, 0, FICHES_MAX)
        lues = dict(Fiche.objects.publiees().filter(pk__in=ids).values_list("pk", "modifiee_le"))
        dernier = max(lues.values(), default=None) or timezone.now()
        filtres = [une["libelle"] for une in puces(demande, LISTE.chemin)]
        return {
            "date": timezone.localtime(dernier).isoformat(),
            "titre": self.titre(parametres),
            "sur_titre": "Cartographie des démarches",
            "perimetre": f"{len(lues)} démarche{'s' if len(lues) > 1 else ''}",
            "edition": "Composé à la demande",
            "base": f"{len(lues)} sur {comptes.total} démarches trouvées",
            "filtres": filtres,
            "version": self.version,
            "fiches": [[pk, lues[pk].isoformat()] for pk in ids if pk in lues],
        }

    def produire(self, demande):
        """In parts: see socle/pdf_parties.py."""
        donnees, commun = demande.donnees, self.commun(demande)
        reglages = {"titre": demande.titre, "date": donnees["date"]}
        with tempfile.TemporaryDirectory(dir=_brouillons()) as dossier:
            dossier = Path(dossier)
            corps, entrees, page = [], [], 0
            cles = [pk for pk, _ in donnees["fiches"]]
            for rang in range(0, len(cles), PAR_PARTIE):
                fiches = [_fiche(une) for une in dans_l_ordre(cles[rang : rang + PAR_PARTIE])]
                html = render_to_string(
                    "cartographie/pdf/livret_partie.html",
                    commun | {"donnees": donnees, "fiches": fiches, "premiere": page + 1},
                )
                partie = rendre_partie(html, dossier / f"{rang}.pdf", **reglages)
                entrees += [
                    {**fiche, "page": page + 1 + partie.places[fiche["ancre"]]} for fiche in fiches
                ]
                page += partie.pages
                corps.append(partie)
            commun |= {"donnees": donnees}
            html = render_to_string(
                "cartographie/pdf/livret_fin.html", commun | {"premiere": page + 1}
            )
            images = {"code-adresse": code_a_scanner(commun["adresse"])}
            fin = rendre_partie(html, dossier / "fin.pdf", images=images, **reglages)
            html = render_to_string(
                self.gabarit, commun | {"entrees": entrees, "page_de_fin": page + 1}
            )
            debut = rendre_partie(html, dossier / "debut.pdf", **reglages)
            return joindre([debut, *corps, fin], liminaires=1, date=donnees["date"])


def _fiche(fiche) -> dict:
    """What the booklet prints of one fiche, its address included."""
    return contenu_public(fiche) | {
        "ancre": f"fiche-{fiche.pk}",
        "lien": settings.ADRESSE_PUBLIQUE + reverse("cartographie:fiche", args=[fiche.slug]),
    }


def _brouillons() -> Path:
    dossier = Path(settings.VAR) / "brouillons"
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    return dossier
