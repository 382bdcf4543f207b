"""Pages of information: legal texts, open data, site map."""

from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from annuaire.enums import EtatAppel
from annuaire.models import Appel, Structure
from cartographie.models import Fiche
from hubpartenariat.socle import vocabulaires as v
from ressources.enums import Pas
from ressources.models import Parole, Ressource

# Public pages of the hub, in the order of the site map: (name of the address, title).
PAGES_PUBLIQUES = (
    ("accueil", "Accueil"),
    ("cartographie:liste", "Cartographie des démarches de partenariat"),
    ("annuaire:accueil", "Annuaire : la mise en relation, et ce qui protège les personnes"),
    ("annuaire:structures", "Structures de l’annuaire"),
    ("annuaire:appels", "Appels ouverts"),
    ("annuaire:offres", "Offres de patients partenaires"),
    ("annuaire:referents", "Référents, par territoire"),
    ("ressources:liste", "Ressources : ce qui aide, par besoin et par étape"),
    ("ressources:parcours", "Comment démarrer, en sept étapes"),
    ("ressources:charte", "Charte de partenariat : un modèle à adapter"),
    ("ressources:lettre", "Lettre de mission : un modèle à adapter"),
    ("ressources:fiche_projet", "Fiche projet : six questions pour démarrer"),
    ("ressources:barometre", "Baromètre croisé : deux voix, sans se voir"),
    ("ressources:check_list", "Check-list à deux voix"),
    ("ressources:glossaire", "Glossaire du partenariat en santé"),
    ("ressources:paroles", "Paroles : des expériences racontées"),
    ("agenda:liste", "Agenda : réunions, ateliers, formations"),
    ("consultation:liste", "Consultation : donner son avis, lire les résultats"),
    ("syntheses:accueil", "Synthèses : rapports du jour et éditions publiées"),
    ("recherche", "Recherche dans le hub"),
    ("donnees", "Données ouvertes"),
    ("accessibilite", "Accessibilité"),
    ("mentions_legales", "Mentions légales"),
    ("donnees_personnelles", "Données personnelles"),
    ("plan_du_site", "Plan du site"),
)
PAGES_A_SOI = (
    ("cartographie:nouvelle", "Décrire une démarche"),
    ("cartographie:mes_fiches", "Mes fiches"),
    ("annuaire:profil", "Mon profil de patient partenaire"),
    ("annuaire:propositions", "Ce qui m’est proposé"),
    ("annuaire:mes_relations", "Mes mises en relation"),
    ("annuaire:missions", "Mes missions"),
    ("annuaire:carnet", "Mon carnet d’engagement"),
    ("annuaire:mes_offres", "Mes offres"),
    ("annuaire:mes_appels", "Mes appels"),
    ("annuaire:mes_structures", "Mes structures"),
    ("annuaire:structure_proposer", "Proposer une structure"),
    ("annuaire:signalements", "Mes signalements"),
    ("ressources:projets", "Mes projets"),
    ("ressources:mes_attestations", "Mes attestations"),
    ("ressources:gardees", "Mes ressources gardées"),
    ("ressources:proposer", "Proposer une ressource"),
    ("ressources:paroles_miennes", "Mes récits"),
    ("ressources:parole_nouvelle", "Raconter une expérience"),
    ("consentements", "Mes accords"),
    ("mes_donnees", "Mes données"),
    ("mon_espace", "Mon espace"),
)
FORMATS = (
    ("csv", "CSV", "Ouvrir dans un tableur"),
    ("json", "JSON", "Lire par programme, avec les nombres de chaque filtre"),
    ("geojson", "GeoJSON", "Placer sur une carte"),
    ("atom", "Atom", "S’abonner aux nouveautés"),
)
# Parameters of the address: what they filter, and the vocabulary of their codes.
PARAMETRES = (
    ("q", "Mots cherchés dans les fiches", None),
    ("type_structure", "Type de structure porteuse", v.TypeStructure),
    ("departement", "Territoire", v.Territoire),
    ("commune", "Commune, par son code Insee", None),
    ("domaine", "Domaine d’intervention", v.Domaine),
    ("forme", "Forme d’action", v.FormeAction),
    ("acteurs", "Acteurs impliqués", v.Acteur),
    ("degre", "Degré d’engagement", v.Degre),
    ("avancement", "Avancement", v.Avancement),
    ("recrutement", "Recrutement des patients partenaires", v.Recrutement),
    ("statut", "Statut et reconnaissance", v.Statut),
    ("cadre", "Cadre formalisé", v.Cadre),
    ("frein", "Freins rencontrés", v.Frein),
    ("levier", "Leviers", v.Levier),
    ("besoin", "Besoins d’appui", v.Besoin),
)


@dataclass(frozen=True)
class Exploitant:
    """Who runs this instance, as the legal pages name them. Empty values are marked to complete."""

    nom: str
    adresse: str
    responsable: str
    hebergeur: str
    delegue: str
    contact: str

    @property
    def complet(self) -> bool:
        return all((self.nom, self.adresse, self.responsable, self.hebergeur, self.delegue))


def exploitant() -> Exploitant:
    """Read from the settings (variables EXPLOITANT_… of the environment)."""
    return Exploitant(**settings.EXPLOITANT, contact=settings.ADRESSE_DE_CONTACT)


def adresses(pages) -> list[dict]:
    """Title and address of those of ``pages`` that are routed."""
    trouvees = []
    for nom, titre in pages:
        try:
            trouvees.append({"titre": titre, "url": reverse(nom)})
        except NoReverseMatch:
            continue
    return trouvees


def _page(gabarit, titre, nom):
    """A public page that needs nothing but the operator's name."""

    @login_not_required
    @require_safe
    def vue(request):
        contexte = {
            "exploitant": exploitant(),
            "fil": [(titre, None)],
            "jours_documents": settings.DOCUMENTS_JOURS_DE_CONSERVATION,
        }
        return render(request, gabarit, contexte)

    vue.__name__ = nom
    return vue


accessibilite = _page("pages/accessibilite.html", "Accessibilité", "accessibilite")
mentions_legales = _page("pages/mentions_legales.html", "Mentions légales", "mentions_legales")
donnees_personnelles = _page(
    "pages/donnees_personnelles.html", "Données personnelles", "donnees_personnelles"
)


@login_not_required
@require_safe
def donnees(request):
    """How to reuse what is public: addresses, parameters, codes, licence."""
    base = reverse("cartographie:liste")
    contexte = {
        "exploitant": exploitant(),
        "fil": [("Données ouvertes", None)],
        "formats": [
            {"nom": nom, "usage": usage, "url": f"{base}fiches.{ext}", "ouvert": _routee(ext)}
            for ext, nom, usage in FORMATS
        ],
        "structures": [
            {"nom": nom, "usage": usage, "url": reverse("annuaire:structures_format", args=[ext])}
            for ext, nom, usage in FORMATS
        ],
        "parametres": [
            {"cle": cle, "quoi": quoi, "codes": vocabulaire.choices if vocabulaire else None}
            for cle, quoi, vocabulaire in PARAMETRES
        ],
    }
    return render(request, "pages/donnees.html", contexte)


def _routee(ext) -> bool:
    with suppress(NoReverseMatch):
        return bool(reverse("cartographie:liste_format", args=[ext]))
    return False


@login_not_required
@require_safe
def plan_du_site(request):
    """Every page that anyone may open, and those of one's own space."""
    contexte = {
        "publiques": adresses(PAGES_PUBLIQUES),
        "a_soi": adresses(PAGES_A_SOI),
        "fil": [("Plan du site", None)],
    }
    return render(request, "pages/plan_du_site.html", contexte)


@login_not_required
@require_safe
def robots(request):
    """What robots may read: the public pages, not every combination of filters."""
    contexte = {"adresse": settings.ADRESSE_PUBLIQUE}
    return render(request, "pages/robots.txt", contexte, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request):
    """Addresses of the public pages and of everything published, for search engines."""
    lignes = [(page["url"], None) for page in adresses(PAGES_PUBLIQUES)]
    maintenant = timezone.now()
    fiches = Fiche.objects.publiees().order_by("-publiee_le").values_list("slug", "modifiee_le")
    with suppress(NoReverseMatch):
        lignes += [(reverse("cartographie:fiche", args=[slug]), le) for slug, le in fiches[:35_000]]
    structures = Structure.objects.publiees().order_by("-publiee_le")
    lignes += [
        (reverse("annuaire:structure", args=[slug]), le)
        for slug, le in structures.values_list("slug", "modifiee_le")[:10_000]
    ]
    ressources = Ressource.objects.publiees().order_by("-publiee_le")
    lignes += [
        (reverse("ressources:ressource", args=[slug]), le)
        for slug, le in ressources.values_list("slug", "modifiee_le")[:500]
    ]
    paroles = Parole.objects.publiees().order_by("-publiee_le")
    lignes += [
        (reverse("ressources:parole", args=[cle]), le)
        for cle, le in paroles.values_list("uuid", "modifiee_le")[:500]
    ]
    lignes += [(reverse("ressources:pas", args=[pas]), None) for pas in Pas.values]
    appels = Appel.objects.filter(etat__in=EtatAppel.vivants(), expire_le__gt=maintenant)
    with suppress(NoReverseMatch):
        lignes += [
            (reverse("annuaire:appel", args=[slug]), le)
            for slug, le in appels.order_by("-publie_le").values_list("slug", "modifiee_le")[:4_000]
        ]
    corps = "".join(
        f"<url><loc>{settings.ADRESSE_PUBLIQUE}{url}</loc>"
        + (f"<lastmod>{le:%Y-%m-%d}</lastmod>" if le else "")
        + "</url>\n"
        for url, le in lignes
    )
    return HttpResponse(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + corps + "</urlset>\n",
        content_type="application/xml; charset=utf-8",
    )
