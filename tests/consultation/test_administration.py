"""A consultation built in the administration, with what its pages promise."""

import pytest
from django.core.cache import cache

from consultation.models import Proposition
from hubpartenariat.socle.vocabulaires import Besoin
from tests.consultation.outils import preparee
from tests.fabriques import client_de, personne

pytestmark = pytest.mark.django_db
ADMIN = "/administration/consultation/"


@pytest.fixture
def staff():
    cache.clear()
    return client_de(personne("mod@exemple.fr", "moderateur"), mfa=True)


def envoi(page) -> dict:
    """What the browser would send of a form of the administration, untouched."""
    formulaires = [page.context["adminform"].form]
    for pieces in page.context["inline_admin_formsets"]:
        formulaires += [pieces.formset.management_form, *pieces.formset.initial_forms]
    donnees = {}
    for champ in (c for f in formulaires for c in f):
        valeur = champ.value()
        if hasattr(valeur, "isoformat"):
            valeur = champ.field.widget.format_value(valeur)
        if valeur is not None and valeur is not False:
            donnees[champ.html_name] = valeur
    return donnees


def nom_de(donnees: dict, debut: str, objet, champ: str) -> str:
    """The name of the field of one row of the inline forms."""
    [rang] = [
        cle.split("-")[1]
        for cle, valeur in donnees.items()
        if cle.startswith(debut) and cle.endswith("-id") and str(valeur) == str(objet.pk)
    ]
    return f"{debut}-{rang}-{champ}"


def test_the_needs_of_a_proposition_are_ticked_and_lead_to_what_answers_them(staff):
    consultation = preparee()
    adresse = f"{ADMIN}consultation/{consultation.pk}/change/"
    donnees = envoi(staff.get(adresse))
    a = consultation.propositions.get(code="A")
    besoins = [Besoin.values[0], Besoin.values[3]]
    donnees[nom_de(donnees, "propositions", a, "besoins")] = besoins
    assert staff.post(adresse, donnees).status_code == 302
    assert Proposition.objects.get(pk=a.pk).besoins == besoins
    assert consultation.propositions.get(code="B").besoins == []
    donnees[nom_de(donnees, "propositions", a, "besoins")] = ["inconnu"]
    assert staff.post(adresse, donnees).status_code == 200, "a need that the hub does not know"


def test_the_wider_category_is_written_before_the_opening_and_fixed_after(staff):
    consultation = preparee()
    question = consultation.questions_profil.get()
    adresse = f"{ADMIN}questiondeprofil/{question.pk}/change/"
    donnees = envoi(staff.get(adresse))
    for code in ("medecin", "cadre"):
        categorie = question.categories.get(code=code)
        donnees[nom_de(donnees, "categories", categorie, "parent")] = "Professionnels"
    assert staff.post(adresse, donnees).status_code == 302
    larges = question.categories.filter(parent="Professionnels")
    assert set(larges.values_list("code", flat=True)) == {"medecin", "cadre"}
    consultation.ouvrir()
    page = staff.get(adresse)
    assert not [nom for nom in envoi(page) if nom.endswith("-parent")]
    assert "Professionnels" in page.content.decode()
