"""Every field of every model says what it holds, who reads it, how long, what becomes of it."""

import pytest
from django.apps import apps

from hubpartenariat.socle import registre
from hubpartenariat.socle.registre import Cercle, Classe, Effacement

MODELES = [modele for modele in apps.get_models() if not modele._meta.auto_created]


def etiquette(chose) -> str:
    return getattr(chose, "modele", chose)._meta.label


@pytest.mark.parametrize("modele", MODELES, ids=etiquette)
def test_every_field_is_declared_once(modele):
    declaration = registre.declaration_de(modele)
    assert declaration, f"{modele._meta.label} has no declaration: see rgpd.py of its app"
    noms = [nom for groupe in declaration.groupes for nom in groupe.noms]
    assert len(noms) == len(set(noms)), "a field is declared twice"
    attendus = registre.champs_du_modele(modele)
    assert attendus - set(noms) == set(), "fields without a declaration"
    assert set(noms) - attendus == set(), "declarations of fields that no longer exist"


def test_no_declaration_survives_its_model():
    assert {d.modele for d in registre.declarations()} == set(MODELES)


@pytest.mark.parametrize("declaration", registre.declarations(), ids=etiquette)
def test_declaration_is_whole(declaration):
    """Purpose and duration in French; what identifies somebody has a class, readers, an end."""
    for phrase in (declaration.finalite, declaration.conservation):
        assert phrase[0].isupper() or phrase[0].isdigit()
        assert phrase.endswith(".")
    personnels = [g for g in declaration.groupes if g.classe in (Classe.PERSONNELLE, Classe.SANTE)]
    if declaration.effacement != Effacement.SUPPRIMER:
        assert declaration.pourquoi, "what is kept is explained"
        assert declaration.effacer, "how it is anonymised"
    for groupe in declaration.groupes:
        if groupe.classe == Classe.INTERNE:
            assert groupe.cercles == (Cercle.PERSONNE,)
        elif not callable(groupe.cercles):
            dits = set(groupe.cercles) - GENERAUX
            assert dits <= set(declaration.cercles), f"who are {dits}?"
    if personnels and any(g.cercles != (Cercle.PERSONNE,) for g in personnels):
        assert declaration.cercles or declaration.modele.__name__ == "LogEntry"


GENERAUX = {
    Cercle.TOUS,
    Cercle.MEMBRES,
    Cercle.MODERATION,
    Cercle.ADMINISTRATION,
    Cercle.PERSONNE,
}


def test_health_is_never_open_to_all():
    """Whatever the row says: what can reveal an illness has no fixed public circle."""
    for declaration in registre.declarations():
        for groupe in declaration.groupes:
            if groupe.classe == Classe.SANTE and not callable(groupe.cercles):
                assert not set(groupe.cercles) & {Cercle.TOUS, Cercle.MEMBRES}


def test_a_field_without_a_declaration_is_seen(monkeypatch):
    """The test bites: take a field out of a declaration, add one that does not exist."""
    from annuaire.models import Profil

    declaration = registre.declaration_de(Profil)
    amputee = tuple(g for g in declaration.groupes if "savoirs" not in g.noms)
    de_trop = (*declaration.groupes, registre.internes("n_existe_pas"))
    for groupes in (amputee, de_trop):
        une = registre.Declaration(Profil, "F.", "C.", groupes)
        monkeypatch.setitem(registre._DECLARATIONS, Profil, une)
        with pytest.raises(AssertionError):
            test_every_field_is_declared_once(Profil)
