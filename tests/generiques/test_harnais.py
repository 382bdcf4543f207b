"""The harness itself can fail: each of its defences is shown a page that it must refuse."""

import warnings

import pytest
from django.http import HttpResponse
from django.template import Context, engines
from django.template.base import Origin, Template
from django.test import override_settings
from django.urls import path

from cartographie.models import Fiche
from hubpartenariat import views
from tests import fabriques
from tests.outils import controle, gabarits
from tests.outils.requetes import verifier_sans_n_plus_1


def rendre(source: str, nom: str, **contexte) -> str:
    moteur = engines["django"].engine
    gabarit = Template(source, origin=Origin(name=nom), engine=moteur)
    return gabarit.render(Context(contexte))


NOTRE = str(gabarits.RACINE / "templates/essai.html")


def test_unknown_variable_of_ours_is_refused():
    with pytest.raises(gabarits.VariableInconnue, match="fiche.titer"):
        rendre("{{ fiche.titer }}", NOTRE, fiche={"titre": "x"})
    with pytest.raises(gabarits.VariableInconnue):
        rendre("{% with a=absente %}{% endwith %}", NOTRE)


def test_asking_whether_a_variable_exists_is_allowed():
    assert rendre("{% if absente %}a{% endif %}{{ absente|default:'b' }}", NOTRE) == "b"


def test_templates_of_other_packages_keep_their_silence():
    assert rendre("{{ absente }}", "/ailleurs/admin/base.html") == ""


@pytest.mark.parametrize(
    "html",
    [
        "<form method=post><input name=a></form>",
        '<p style="color:red">',
        "<script>alert(1)</script>",
        '<a onclick="x()" href="#">',
        "<style>p{}</style>",
    ],
)
def test_page_that_would_not_work_is_refused(html):
    reponse = HttpResponse(html)
    reponse.request = {"PATH_INFO": "/"}
    with pytest.raises(AssertionError):
        controle.controler(reponse)


def test_ordinary_page_passes():
    reponse = HttpResponse(
        '<script type="module" src="/a.js"></script><script type="application/json">{}</script>'
        '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" '
        f'value="{"x" * 64}"></form><a title="style = calme" href="?on=1">ok</a>'
    )
    reponse.request = {"PATH_INFO": "/"}
    controle.controler(reponse)


def test_warnings_are_errors():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_one_query_per_row_is_seen(client, db, monkeypatch):
    """A page that looks up the authors of each fiche is refused by the helper."""
    auteur = fabriques.personne()

    def bavarde(request):
        return HttpResponse([une.auteurs.count() for une in Fiche.objects.all()])

    bavarde.login_required = False
    monkeypatch.setattr(views, "urlpatterns", [path("bavarde/", bavarde)], raising=False)
    with (
        override_settings(ROOT_URLCONF="hubpartenariat.views"),
        pytest.raises(AssertionError, match="30"),
    ):
        verifier_sans_n_plus_1(client, "/bavarde/", lambda n: fabriques.fiches_publiees(auteur, n))
