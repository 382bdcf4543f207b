"""What a report says of itself is true: invented rows, the day of its data, where it is checked."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cartographie.models import Fiche
from hubpartenariat.socle.documents import DemandeDocument, demander
from hubpartenariat.socle.rapports import Portee, assembler, blocs, rapports
from hubpartenariat.syntheses.management.commands.synthese import rendre
from hubpartenariat.syntheses.models import Edition
from tests import fabriques
from tests.annuaire.gens import appel
from tests.syntheses.outils import a_plat, aujourd_hui, pages_de

pytestmark = pytest.mark.django_db
TAMPON = "Contient des exemples inventés"


@pytest.fixture
def ars(client_de, personne):
    return client_de(personne("ars@exemple.fr", "relecteur_ars"), mfa=True)


@pytest.fixture
def fiche():
    Fiche.objects.all().delete()
    return fabriques.fiche(fabriques.personne(), "publiee", departements=["77"])


def dit_des_exemples(client, code: str, territoire="region") -> tuple[bool, bool]:
    """(on the page, in the JSON)."""
    suite = f"?territoire={territoire}"
    page = client.get(reverse("syntheses:rapport", args=[code]) + suite).content.decode()
    json = client.get(reverse("syntheses:rapport_chiffres", args=[code]) + suite).json()
    return TAMPON in page, json["exemple"]


@pytest.mark.parametrize("code", ["cartographie", "etat-annuel"])
def test_a_report_that_counts_an_invented_fiche_says_so(ars, fiche, code, tmp_path):
    assert dit_des_exemples(ars, code) == (False, False)
    Fiche.objects.update(exemple=True)
    assert dit_des_exemples(ars, code) == (True, True)
    assert dit_des_exemples(ars, code, "77") == (True, True)
    assert dit_des_exemples(ars, code, "95") == (False, False)  # it counts none there
    contenu, _ = rendre(f"rapport_{code}", aujourd_hui())
    assert a_plat(TAMPON) in a_plat("".join(pages_de(contenu, tmp_path)))


def test_the_yearly_report_counts_the_invented_appels_as_such(ars, fiche):
    un = appel()
    assert dit_des_exemples(ars, "etat-annuel") == (False, False)
    type(un).objects.update(exemple=True)
    assert dit_des_exemples(ars, "etat-annuel") == (True, True)


def test_only_an_edition_promises_the_same_numbers_later(fiche, tmp_path):
    papier = a_plat("".join(pages_de(rendre("rapport_cartographie", aujourd_hui())[0], tmp_path)))
    assert a_plat("ils peuvent avoir changé") in papier
    assert a_plat("avec la même empreinte") not in papier
    livret = a_plat("".join(pages_de(rendre("livret", {"filtres": ""})[0], tmp_path)))
    assert a_plat("la liste montre celles du jour") in livret
    assert a_plat("avec la même empreinte") not in livret
    edition, _neuve = Edition.preparer(rapports()["cartographie"], Portee.lire(aujourd_hui()))
    contenu, _ = rendre("edition", {"edition": str(edition.uuid)})
    lue = a_plat("".join(pages_de(contenu, tmp_path)))
    assert a_plat("avec la même empreinte") in lue and a_plat("ne change plus") in lue


def test_asked_again_an_old_report_reads_today_and_says_today(client, fiche):
    demande = demander("rapport_cartographie", aujourd_hui(), AnonymousUser())
    jadis = (timezone.localdate() - timedelta(days=40)).isoformat()
    DemandeDocument.objects.filter(pk=demande.pk).update(
        parametres=demande.parametres | {"au": jadis}, etat="expire"
    )
    client.post(reverse("documents:redemander", args=[demande.pk]))
    neuve = DemandeDocument.objects.exclude(pk=demande.pk).get()
    assert neuve.parametres["au"] == timezone.localdate().isoformat()
    page = client.get(reverse("documents:suivi", args=[demande.pk]))
    assert page.status_code == 200  # the old one is still there to say that it has expired


def test_a_document_of_another_day_expires_instead_of_failing(client, fiche):
    demande = demander("rapport_cartographie", aujourd_hui(), AnonymousUser())
    jadis = (timezone.localdate() - timedelta(days=3)).isoformat()
    DemandeDocument.objects.filter(pk=demande.pk).update(
        parametres=demande.parametres | {"au": jadis}, etat="pret"
    )
    page = client.get(reverse("documents:suivi", args=[demande.pk]))
    assert page.status_code == 200
    demande.refresh_from_db()
    assert demande.etat == "expire"


def test_every_report_says_whether_it_counts_examples(db):
    for rapport in rapports().values():
        donnees = assembler(rapport, Portee.lire(aujourd_hui()))
        assert donnees["exemple"] in (True, False)


def test_rows_that_are_not_drawn_are_said_and_stay_in_the_files():
    lignes = [[f"Ligne {n}", n] for n in range(blocs.LIGNES_MAX + 7)]
    for bloc in (
        blocs.tableau("t", "Un tableau", ["Ligne", "Nombre"], lignes),
        blocs.barres("b", "Des barres", [(nom, [n]) for nom, n in lignes]),
    ):
        assert "Et 7 lignes de plus, dans le tableau à télécharger" in bloc["note"]
        assert len(blocs.table(bloc)[1]) == len(lignes)
        for gabarit in ("pdf/_morceau.html", "syntheses/_bloc.html"):
            dessin = render_to_string(gabarit, {"bloc": bloc})
            assert dessin.count("<tr>") == blocs.LIGNES_MAX + 1
    court = blocs.tableau("t", "Un tableau", ["Ligne", "Nombre"], lignes[:3])
    assert court["note"] == ""
