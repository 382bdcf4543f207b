"""How a field is shown: what it says, in which order, and what is tied to what."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string

from hubpartenariat.vitrine import FormulaireDeVitrine

pytestmark = pytest.mark.django_db


class Demande(forms.Form):
    courriel = forms.EmailField(label="Adresse e-mail", help_text="Celle de l'équipe.")
    motifs = forms.MultipleChoiceField(
        label="Motifs",
        choices=[("a", "Aide"), ("b", "Binôme")],
        widget=forms.CheckboxSelectMultiple,
    )
    texte = forms.CharField(label="Texte", max_length=500, widget=forms.Textarea, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["courriel"].qui_voit = "l’équipe qui modère."


def montrer(form, champ):
    return form[champ].as_field_group()


def decrit_par(html):
    return re.search(r'aria-describedby="([^"]+)"', html).group(1).split()


def test_who_sees_it_is_said_before_the_input_and_tied_to_it():
    html = montrer(Demande(), "courriel")
    assert html.index("Qui voit cette information") < html.index("<input")
    assert "l’équipe qui modère." in html
    assert decrit_par(html) == ["id_courriel_qui_voit", "id_courriel_helptext"]


def test_required_and_optional_are_said_in_words():
    assert "(obligatoire)" in montrer(Demande(), "courriel")
    assert "(facultatif)" in montrer(Demande(), "texte")


def test_every_described_element_exists_once():
    form = FormulaireDeVitrine({"courriel": "equipe", "domaines": ["x"], "commune": "Saint"})
    for champ in form:
        html = champ.as_field_group()
        for groupe in re.findall(r'aria-describedby="([^"]+)"', html):
            for identifiant in groupe.split():
                assert html.count(f'id="{identifiant}"') == 1, (champ.name, identifiant)


def test_error_is_tied_to_its_input():
    html = montrer(Demande({"courriel": "equipe"}), "courriel")
    assert 'aria-invalid="true"' in html
    assert "id_courriel_error" in decrit_par(html)
    assert html.index('id="id_courriel_error"') < html.index("<input")
    assert "nom@exemple.fr" in html


def test_group_of_choices_is_a_fieldset_with_its_legend():
    html = montrer(Demande(), "motifs")
    assert html.lstrip().startswith("<fieldset")
    assert re.search(r"<legend[^>]*>Motifs", html)
    assert html.count("<label") == 2


def test_long_text_says_its_budget():
    assert "500 caractères au plus" in montrer(Demande(), "texte").replace("\u00a0", " ")


def test_typed_text_is_escaped_and_not_recomposed():
    saisi = "</textarea><b>l'eau !"
    html = montrer(Demande({"texte": saisi}), "texte")
    assert "&lt;/textarea&gt;&lt;b&gt;l&#x27;eau !" in html


def test_summary_links_each_error_to_its_field():
    form = Demande({"courriel": "", "texte": "x"})
    html = render_to_string("composants/erreurs.html", {"form": form})
    assert 'role="alert"' in html
    assert "2 points restent à revoir" in html
    page = html + "".join(str(champ) for champ in form)
    for ancre in re.findall(r'href="#([^"]+)"', html):
        assert page.count(f'id="{ancre}"') == 1, ancre


def test_summary_is_silent_without_errors():
    form = Demande({"courriel": "a@exemple.fr", "motifs": ["a"]})
    assert render_to_string("composants/erreurs.html", {"form": form}).strip() == ""
