"""The form of a consultation in the administration: rules of publication as fields, not as code."""

from dataclasses import fields
from fractions import Fraction

from django import forms

from consultation.models import College, Consultation
from consultation.regles import Regles
from hubpartenariat.socle.statistiques import RegleDAccord, Seuils

PARTS = {
    "favorable": "Consensus fort : part favorable, au moins (%)",
    "favorable_par_college": "Consensus fort : part favorable dans chaque collège, au moins (%)",
    "ecart": "Désaccord entre collèges : écart à partir de (points)",
    "categorie": "Avis dispersés : aucune réponse n’atteint (%)",
    "majorite": "Consensus sous conditions : part favorable, au moins (%)",
}
SEUILS = {
    "college": "Un collège est montré à partir de (avis)",
    "categorie": "Une catégorie de profil est montrée à partir de (avis)",
    "ensemble": "Une question est montrée à partir de (avis)",
}
ACCORD, SEUIL = "accord_", "seuil_"
REGLES = [
    *(ACCORD + nom for nom in PARTS),
    "accord_college_minimum",
    *(SEUIL + nom for nom in SEUILS),
    "brouillons",
    "duo_un",
    "duo_deux",
]


def _part(nom: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=PARTS[nom], min_value=0, max_value=100, decimal_places=2, max_digits=5
    )


def _seuil(nom: str) -> forms.IntegerField:
    return forms.IntegerField(label=SEUILS[nom], min_value=2, max_value=1000)


def _valeurs_de_la_methode(classe) -> dict:
    return {champ.name: champ.default for champ in fields(classe)}


class ConsultationAdminForm(forms.ModelForm):
    """What is written in ``Consultation.regles``, field by field; the method's values at first."""

    accord_favorable = _part("favorable")
    accord_favorable_par_college = _part("favorable_par_college")
    accord_ecart = _part("ecart")
    accord_categorie = _part("categorie")
    accord_majorite = _part("majorite")
    accord_college_minimum = forms.IntegerField(
        label="Un collège compte dans l’accord à partir de (avis)", min_value=1, max_value=1000
    )
    seuil_college = _seuil("college")
    seuil_categorie = _seuil("categorie")
    seuil_ensemble = _seuil("ensemble")
    brouillons = forms.BooleanField(
        label="Compter les réponses commencées et jamais envoyées", required=False
    )
    duo_un = forms.CharField(
        label="Comparer deux collèges : code du premier", required=False, max_length=40
    )
    duo_deux = forms.CharField(label="Code du second", required=False, max_length=40)

    class Meta:
        model = Consultation
        fields = [
            "titre",
            "slug",
            "presentation",
            "ouvre_le",
            "ferme_le",
            "precedente",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._ecrites = dict(self.instance.regles or {})
        accord = self._ecrites.get("accord", {})
        seuils = self._ecrites.get("seuils", {})
        defauts = _valeurs_de_la_methode(RegleDAccord)
        for nom in PARTS:
            self._poser(ACCORD + nom, accord.get(nom, float(defauts[nom] * 100)))
        self._poser(
            "accord_college_minimum", accord.get("college_minimum", defauts["college_minimum"])
        )
        for nom, valeur in _valeurs_de_la_methode(Seuils).items():
            self._poser(SEUIL + nom, seuils.get(nom, valeur))
        self._poser("brouillons", bool(self._ecrites.get("brouillons")))
        un, deux = self._ecrites.get("duo") or ("", "")
        self._poser("duo_un", un)
        self._poser("duo_deux", deux)

    def _poser(self, nom: str, valeur) -> None:
        """An initial value, where the field is shown: once frozen, rules are sentences."""
        if nom in self.fields:
            self.initial[nom] = valeur

    def clean(self):
        donnees = super().clean()
        if ACCORD + "favorable" not in self.fields or self.errors:
            return donnees
        regles = self._regles(donnees)
        try:
            Regles.de(regles)
        except ValueError as erreur:
            raise forms.ValidationError(str(erreur)) from erreur
        self.instance.regles = regles
        return donnees

    def _regles(self, donnees: dict) -> dict:
        accord = {nom: str(Fraction(donnees[ACCORD + nom])) for nom in PARTS}
        regles = {
            "accord": accord | {"college_minimum": donnees["accord_college_minimum"]},
            "seuils": {nom: donnees[SEUIL + nom] for nom in SEUILS},
            "brouillons": donnees["brouillons"],
        }
        un, deux = donnees["duo_un"], donnees["duo_deux"]
        if not (un or deux):
            return regles
        connus = set(
            College.objects.filter(consultation=self.instance.pk).values_list("code", flat=True)
        )
        for nom, code in (("duo_un", un), ("duo_deux", deux)):
            if code not in connus:
                self.add_error(nom, "Aucun collège de cette consultation n’a ce code.")
        return regles | {"duo": [un, deux]}
