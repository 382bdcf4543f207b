"""Communes of Île-de-France: the table, the search by name or postal code, the loading."""

import csv
import re

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Case, IntegerField, Q, When

from hubpartenariat.socle.typographie import sans_accents
from hubpartenariat.socle.vocabulaires import Departement

DOSSIER_GEO = settings.BASE_DIR / "fixtures" / "referentiels" / "geo"
PARIS = "75056"
LONGUEUR_MAXIMALE = 80  # of a text searched for: the longest name has 45 letters
_ABREGES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_ARTICLES = re.compile(r"^(le|la|les|l) ")
_LIBELLE = re.compile(r"^\s*(?P<nom>[^()]+?)\s*\(\s*(?P<departement>7[578]|9[1-5])\s*\)\s*$")
_ORDINAUX = [
    "premier",
    "deuxieme",
    "troisieme",
    "quatrieme",
    "cinquieme",
    "sixieme",
    "septieme",
    "huitieme",
    "neuvieme",
    "dixieme",
    "onzieme",
    "douzieme",
    "treizieme",
    "quatorzieme",
    "quinzieme",
    "seizieme",
    "dix-septieme",
    "dix-huitieme",
    "dix-neuvieme",
    "vingtieme",
]


def cle_de_nom(texte: str) -> str:
    """Fold a name: "L’Haÿ-les-Roses" → "l hay les roses", "ST. OUEN" → "saint ouen"."""
    mots = re.findall(r"[a-z0-9]+", sans_accents(texte))
    return " ".join(_ABREGES.get(mot, mot) for mot in mots)


def _noms_de_recherche(nom: str, anciens: list[str], code: str, type_: str) -> str:
    """Everything a commune answers to: " creteil |", " hay les roses |"… each between bars."""
    cle = cle_de_nom(nom)
    noms = [cle, _ARTICLES.sub("", cle)]
    if type_ == "arrondissement":
        n = int(code[-2:])
        noms += [f"paris {n}", f"paris {n}eme", f"paris {cle_de_nom(_ORDINAUX[n - 1])}"]
        noms += [nom_.removeprefix("paris ") for nom_ in noms]
    noms += [cle_de_nom(ancien) for ancien in anciens]
    noms += [_ARTICLES.sub("", cle_de_nom(ancien)) for ancien in anciens]
    return " " + " | ".join(dict.fromkeys(noms)) + " |"


class CommuneQuerySet(models.QuerySet):
    """Questions asked of the communes."""

    def chercher(self, texte: str) -> "CommuneQuerySet":
        """Communes whose words begin like the words typed, or whose postal code does; best first.

        Exact name first, then names that begin so, then words inside a name; among equals the
        most populated. "Créteil (94)" means that one commune. One query.
        """
        if libelle := _LIBELLE.match(texte):
            du_departement = self.filter(departement=libelle["departement"])
            return du_departement._par_nom(cle_de_nom(libelle["nom"]))
        cle = cle_de_nom(texte)
        chiffres = cle.replace(" ", "")
        if not cle or len(texte) > LONGUEUR_MAXIMALE:
            return self.none()
        if chiffres.isdigit() and len(chiffres) > 2:
            return self._par_chiffres(chiffres)
        return self._par_nom(cle)

    def _par_nom(self, cle: str) -> "CommuneQuerySet":
        conditions = Q()
        for mot in cle.split():
            conditions &= Q(nom_recherche__contains=f" {mot}")
        rang = Case(
            When(nom_recherche__startswith=f" {cle} |", then=0),
            When(nom_recherche__contains=f"| {cle} |", then=1),
            When(nom_recherche__startswith=f" {cle}", then=2),
            When(nom_recherche__contains=f"| {cle}", then=3),
            default=4,
            output_field=IntegerField(),
        )
        return self.filter(conditions).order_by(rang, "-population", "code")

    def _par_chiffres(self, chiffres: str) -> "CommuneQuerySet":
        """By postal code, or by INSEE code, which some write instead; postal codes first."""
        debut = chiffres.ljust(5, "0"), chiffres.ljust(5, "9")
        codes = [f"{n:05d}" for n in range(int(debut[0]), int(debut[1]) + 1)]
        postal = Q(codes_postaux__overlap=codes)
        rang = Case(When(postal, then=0), default=1, output_field=IntegerField())
        trouvees = self.filter(postal | Q(code__startswith=chiffres))
        return trouvees.order_by(rang, "-population", "code")

    def designees_par(self, texte: str) -> list["Commune"]:
        """What a person who typed this and went on may mean: one commune, several, or none.

        One exact name or label is enough, even if longer names begin alike ("Paris", "Vaux").
        A name borne by two communes, or a postal code shared by several, gives them all.
        """
        trouvees = list(self.chercher(texte)[:50])
        cle = cle_de_nom(texte)
        if re.fullmatch(r"[0-9]{5}", cle):
            postales = [c for c in trouvees if cle in c.codes_postaux]
            return postales or trouvees
        if libelle := _LIBELLE.match(texte):
            cle = cle_de_nom(libelle["nom"])
        exactes = [c for c in trouvees if cle_de_nom(c.nom) == cle]
        return exactes or [c for c in trouvees if f" {cle} |" in c.nom_recherche] or trouvees


class Commune(models.Model):
    """A commune, or an arrondissement of Paris (``parent`` is then Paris). Source: see fixtures."""

    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    nom = models.CharField("nom", max_length=80)
    nom_recherche = models.CharField("noms sans accents", max_length=300, editable=False)
    departement = models.CharField("département", max_length=2, choices=Departement)
    codes_postaux = ArrayField(models.CharField(max_length=5), verbose_name="codes postaux")
    population = models.PositiveIntegerField("population", default=0)
    epci_code = models.CharField("code de l’EPCI", max_length=9, blank=True)
    epci_nom = models.CharField("EPCI", max_length=120, blank=True)
    latitude = models.FloatField("latitude")
    longitude = models.FloatField("longitude")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="commune de rattachement",
    )

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "commune"
        ordering = ["nom_recherche", "code"]

    def __str__(self):
        return self.libelle

    @property
    def libelle(self) -> str:
        """The name with its département, which no two communes share: "Créteil (94)"."""
        return f"{self.nom} ({self.departement})"


def charger_communes() -> int:
    """Load or refresh every commune from the repository's file; give back how many there are.

    Two queries of 1,286 rows in all; running it again changes nothing.
    """
    with (DOSSIER_GEO / "communes.csv").open(encoding="utf-8", newline="") as fichier:
        communes = [_lire(ligne) for ligne in csv.DictReader(fichier)]
    champs = [c.name for c in Commune._meta.concrete_fields if not c.primary_key]
    communes.sort(key=lambda commune: commune.parent_id is not None)  # parents first
    with transaction.atomic():
        Commune.objects.bulk_create(
            communes, update_conflicts=True, update_fields=champs, unique_fields=["code"]
        )
    return len(communes)


def _lire(ligne: dict[str, str]) -> Commune:
    anciens = ligne["anciens_noms"].split("|") if ligne["anciens_noms"] else []
    return Commune(
        code=ligne["code"],
        nom=ligne["nom"],
        nom_recherche=_noms_de_recherche(ligne["nom"], anciens, ligne["code"], ligne["type"]),
        departement=ligne["departement"],
        codes_postaux=ligne["codes_postaux"].split(),
        population=int(ligne["population"]),
        epci_code=ligne["epci_code"],
        epci_nom=ligne["epci_nom"],
        latitude=float(ligne["latitude"]),
        longitude=float(ligne["longitude"]),
        parent_id=ligne["parent"] or None,
    )
