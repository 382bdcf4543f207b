"""The lists of the administration answer no question about what they do not show."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def marc(personne, client_de):
    return client_de(personne("marc@exemple.fr", "moderateur", "administrateur"), mfa=True)


@pytest.mark.parametrize(
    ("liste", "question"),
    [
        ("comptes/utilisateur", "password__startswith=md5"),
        ("socle/courriel", "texte__icontains=code"),
        ("annuaire/miseenrelation", "raison__icontains=a"),
        ("annuaire/miseenrelation", "motivation__icontains=a"),
        ("annuaire/profil", "savoirs__icontains=a"),
    ],
)
def test_a_column_that_is_no_filter_may_not_be_asked(liste, question, marc):
    assert marc.get(f"/administration/{liste}/?{question}").status_code == 400


@pytest.mark.parametrize(
    ("liste", "question"),
    [
        ("comptes/utilisateur", "role=membre&is_active__exact=1"),
        ("socle/courriel", "etat__exact=envoye&cree_le__year=2026"),
        ("annuaire/miseenrelation", "etat__exact=accordee"),
        ("annuaire/profil", "etat=toutes"),
        ("annuaire/structure", "etat=toutes&type_structure=hopital"),
    ],
)
def test_the_filters_of_a_list_still_filter(liste, question, marc):
    assert marc.get(f"/administration/{liste}/?{question}").status_code == 200
