"""The page /composants/: every component of the design system in every state, for the team."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms
from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cartographie.models import Fiche
from hubpartenariat.socle.carte import carte_region
from hubpartenariat.socle.champs import CommuneField
from hubpartenariat.socle.vocabulaires import Degre, Domaine, TypeStructure
from hubpartenariat.vitrine_graphiques import exemples

EXEMPLE_DE_RESUME = (
    "Une infirmière et une patiente partenaire préparent et animent ensemble chaque séance. Les "
    "contenus sont relus par six patients ; l’équipe se retrouve tous les deux mois pour en parler."
)


class FormulaireDeVitrine(forms.Form):
    """One field of each kind that the hub draws."""

    titre = forms.CharField(
        label="Titre de la démarche",
        max_length=160,
        help_text="Ce que vous diriez à une collègue, en une phrase.",
    )
    courriel = forms.EmailField(label="Adresse e-mail de contact", required=False)
    resume = forms.CharField(
        label="Description courte", max_length=300, widget=forms.Textarea(attrs={"rows": 4})
    )
    commune = CommuneField(required=False)
    debut = forms.DateField(
        label="Début",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    nombre = forms.IntegerField(label="Nombre de patients partenaires", required=False, min_value=0)
    type_structure = forms.ChoiceField(
        label="Type de structure porteuse", choices=[("", "Choisissez"), *TypeStructure.choices]
    )
    domaines = forms.MultipleChoiceField(
        label="Domaines d’intervention",
        choices=Domaine.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Plusieurs réponses possibles.",
    )
    degre = forms.ChoiceField(
        label="Degré d’engagement",
        choices=Degre.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    document = forms.FileField(label="Document", required=False, help_text="PDF, 5 Mo au plus.")
    accord = forms.BooleanField(label="Les autres auteurs sont d’accord pour cet envoi")

    def __init__(self, *args, fermes: bool = False, **options):
        super().__init__(*args, **options)
        self.fields["courriel"].qui_voit = "l’équipe qui modère, personne d’autre."
        self.fields["courriel"].widget.attrs["autocomplete"] = "email"
        for champ in self.fields.values():
            champ.disabled = fermes


def _formulaires() -> list[dict]:
    rempli = {
        "titre": "Animer à deux voix les ateliers du diabète",
        "courriel": "equipe@exemple.fr",
        "resume": EXEMPLE_DE_RESUME,
        "commune": "Créteil",
        "debut": date(2024, 9, 1),
        "nombre": 6,
        "type_structure": "hopital",
        "domaines": ["parcours", "formation"],
        "degre": "partenariat",
        "accord": True,
    }
    fautif = {"courriel": "equipe", "commune": "Saint", "nombre": "-2", "domaines": ["x"]}
    return [
        {"titre": "Vide", "form": FormulaireDeVitrine(prefix="vide")},
        {"titre": "Rempli", "form": FormulaireDeVitrine(initial=rempli, prefix="rempli")},
        {
            "titre": "Avec des erreurs",
            "form": FormulaireDeVitrine(
                {f"erreur-{nom}": valeur for nom, valeur in fautif.items()}, prefix="erreur"
            ),
        },
        {
            "titre": "Fermé",
            "form": FormulaireDeVitrine(initial=rempli, prefix="ferme", fermes=True),
        },
    ]


def _page(numero: int, total: int) -> dict:
    """A page of a list and its links, as a paginated view gives them."""
    proches = sorted({1, total, *range(max(1, numero - 1), min(total, numero + 1) + 1)})
    pages, avant = [], 0
    for n in proches:
        if n - avant > 1:
            pages.append((None, None))
        pages.append((n, f"?page={n}"))
        avant = n
    liens = {
        "precedent": f"?page={numero - 1}" if numero > 1 else None,
        "suivant": f"?page={numero + 1}" if numero < total else None,
        "pages": pages,
    }
    return {"page": SimpleNamespace(number=numero, num_pages=total), "liens": liens}


def _etapes(courante: int) -> list[dict]:
    titres = [
        "Informations générales",
        "Acteurs et partenariat",
        "Fonctionnement",
        "Leviers, freins, besoins",
    ]
    statuts = ["fait"] * courante + ["courant"] + ["a_faire"] * (3 - courante)
    return [
        {"titre": titre, "statut": statut, "url": "#progression"}
        for titre, statut in zip(titres, statuts, strict=True)
    ]


def _fiche(**autres) -> Fiche:
    """A fiche that is never saved."""
    modele = {
        "slug": "exemple",
        "structure_nom": "CHU d’exemple",
        "type_structure": "hopital",
        "departements": ["75", "94"],
        "resume": EXEMPLE_DE_RESUME,
        "domaines": ["parcours", "formation"],
        "themes": ["Diabète"],
        "exemple": True,
    }
    return Fiche(**(modele | autres))


def _facettes() -> list[dict]:
    nombres = {"hopital": 7, "association": 3, "universite": 2, "autre": 2}
    options = [
        {
            "code": code,
            "libelle": libelle,
            "nombre": nombres.get(code, 0),
            "actif": code == "hopital",
            "url": f"?type_structure={code}",
        }
        for code, libelle in TypeStructure.choices
    ]
    return [{"nom": "type_structure", "libelle": "Type de structure porteuse", "options": options}]


@staff_member_required
@require_safe
def composants(request):
    """Every component in every state. The staff reads it, and tests photograph it."""
    instant = datetime(2025, 12, 16, 8, 5, tzinfo=UTC)
    liste = reverse("cartographie:liste")
    comptes = {"75": 3, "77": 0, "78": 1, "91": 1, "92": 1, "93": 2, "94": 1, "95": 1, "region": 4}
    contexte = {
        "fil": [("Mon espace", reverse("mon_espace")), ("Composants", None)],
        "avis": ["info", "succes", "attention", "erreur"],
        "formulaires": _formulaires(),
        "etapes_debut": _etapes(0),
        "etapes_milieu": _etapes(2),
        "instant": instant,
        "etats": ["en_cours", "enregistre", "hors_ligne", "conflit"],
        "etapes_etat": [
            {"nom": "Brouillon", "date": date(2025, 11, 3), "statut": "fait"},
            {"nom": "Envoyée à la modération", "date": date(2025, 11, 12), "statut": "fait"},
            {"nom": "Relecture", "date": None, "statut": "courant"},
            {"nom": "Publication", "date": None, "statut": "a_faire"},
        ],
        "evenements": [
            {"quand": "5 juin 2025", "titre": "Définition partagée", "texte": "Un séminaire."},
            {"quand": "Plus tard", "titre": "La suite", "texte": "", "statut": "a_venir"},
        ],
        "facettes": _facettes(),
        "puces": [
            {"libelle": "Hôpital / établissement de santé", "url_retrait": "?"},
            {"libelle": "75 – Paris", "url_retrait": "?"},
        ],
        "paginations": [_page(1, 12), _page(6, 12), _page(12, 12), _page(2, 3)],
        "fiches": [
            _fiche(titre="Animer à deux voix les ateliers du diabète"),
            _fiche(titre="Un titre court", themes=[], domaines=["recherche"], exemple=False),
            _fiche(
                titre="Un titre nettement plus long, qui va à la ligne sans se casser",
                structure_nom="",
                departements=["region"],
            ),
        ],
        "carte": carte_region(comptes, lambda code: f"{liste}?departement={code}", {"93"}),
        "graphiques": exemples(),
    }
    return render(request, "composants.html", contexte)
