"""What people may type in every field that reaches a report or a booklet: nothing fetched, nothing
of the server inside, in bounded time and memory, and the next document fine."""

import resource
import time

import pytest
from django.db import models
from django.utils import timezone

from cartographie.models import Fiche
from hubpartenariat.socle.tasks import DUREE_MAX
from hubpartenariat.syntheses.management.commands.synthese import rendre
from tests.outils.pdfua import defauts
from tests.socle.test_pdf import oreille  # noqa: F401 — a fixture
from tests.syntheses.outils import aujourd_hui, pages_de, semer

pytestmark = pytest.mark.django_db
SECRET = "clef-du-serveur-9f3a"  # noqa: S105 — planted, to be looked for


def attaques(adresse: str, secret) -> dict[str, str]:
    return {
        "html": f'<h1>x</h1><script src="{adresse}/a.js"></script><iframe src="{adresse}/b">',
        "image": f'<img src="file://{secret}"><img src="{adresse}/c.png">',
        "style": f"<style>@import url({adresse}/d.css); body{{background:url(file://{secret})}}",
        "attachee": f'<link rel="attachment" href="file://{secret}">'
        f'<a rel=attachment href="{adresse}/e">',
        "gabarit": "{{ settings.SECRET_KEY }}{% include '/etc/passwd' %}{% debug %}",
        "bombe": '<svg><g id="a"><use href="#b"/></g>' + '<use href="#a"/>' * 2000,
        "mot": "W" * 100_000,
        "droite_a_gauche": "\u202eחולה שותף\u202c مريض شريك " * 200,
        "emoji": "👩🏽‍⚕️🫀" * 5_000,
        "lignes": "ligne\n" * 20_000,
        "controles": "a\x01\x02b\x0c" * 500,
        "entites": "&lt;b&gt;&#x3c;&amp;amp;" * 500,
    }


def remplir(texte: str) -> Fiche:
    """A published fiche whose every text holds ``texte``, as far as the column goes."""
    fiche = Fiche.objects.publiees().order_by("pk").first()
    for champ in Fiche._meta.concrete_fields:
        if not isinstance(champ, (models.CharField, models.TextField)) or champ.choices:
            continue
        if champ.name in {"slug", "page_web", "motif", "contact_courriel"}:
            continue
        propre = texte.replace("\x00", "")
        setattr(fiche, champ.name, propre[: champ.max_length or None])
    fiche.themes = [texte[:60]] * 50
    fiche.contact_visibilite = "publique"
    fiche.save()
    return fiche


@pytest.mark.parametrize("sorte", attaques("", ""))
def test_nothing_is_fetched_and_nothing_leaks(sorte, oreille, tmp_path):  # noqa: F811
    adresse, recus = oreille
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    semer(21, 3)
    remplir(attaques(adresse, secret)[sorte])
    debut = time.monotonic()
    for code, parametres in (("rapport_cartographie", aujourd_hui()), ("livret", {"filtres": ""})):
        contenu, _ = rendre(code, parametres)
        assert SECRET.encode() not in contenu
        assert SECRET not in "".join(pages_de(contenu, tmp_path))
        assert defauts(contenu) == []
    assert time.monotonic() - debut < DUREE_MAX
    assert recus == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_500_000  # kB
    remplir("Un texte ordinaire.")
    assert defauts(rendre("rapport_cartographie", aujourd_hui())[0]) == []


@pytest.mark.lourd
def test_twenty_thousand_fiches_make_a_report_in_bounded_time():
    """The list is cut, and says so."""
    maintenant = timezone.now()
    Fiche.objects.bulk_create(
        [
            Fiche(
                titre=f"Démarche {rang}",
                resume="Une.",
                type_structure="hopital",
                departements=["75"],
                slug=f"d-{rang}",
                etat="publiee",
                publiee_le=maintenant,
                soumise_le=maintenant,
            )
            for rang in range(20_000)
        ],
        batch_size=2_000,
    )
    debut = time.monotonic()
    contenu, pages = rendre("rapport_cartographie", aujourd_hui())
    assert time.monotonic() - debut < DUREE_MAX
    assert pages < 150
    assert len(contenu) < 20_000_000
