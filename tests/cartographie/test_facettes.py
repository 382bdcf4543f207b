"""Counts of facets: exact, never stale, one query, the same cost at every size."""

import random
import threading
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from cartographie.enums import EtatFiche
from cartographie.models import Fiche
from cartographie.recherche import INDEX
from cartographie.semer import fabriquer
from hubpartenariat.socle import indexation
from hubpartenariat.socle.facettes import compter, croiser, identifiants, par_lieu, premiers
from hubpartenariat.socle.liste import Demande
from hubpartenariat.socle.territoire import Commune
from tests import fabriques
from tests.outils.requetes import compter as requetes_de

FACETTES = {f.nom: f for f in INDEX.facettes}


def demande(requete: str = "") -> Demande:
    return Demande.lire(INDEX, QueryDict(requete))


def valeurs(ligne: dict, facette) -> set[str]:
    valeur = ligne[facette.colonne]
    return set(valeur) if facette.multiple else ({valeur} if valeur else set())


def passe(ligne: dict, choix: dict, sauf: str | None = None) -> bool:
    return all(
        not ligne["facettes"][nom].isdisjoint(codes) for nom, codes in choix.items() if nom != sauf
    )


def comptes_en_python(lignes: list[dict], choix: dict) -> tuple[int, dict]:
    """The same counts, by the plainest loops: nothing shared with the code under test."""
    passent = [ligne for ligne in lignes if passe(ligne, choix)]
    comptes = {}
    for nom, facette in FACETTES.items():
        candidates = passent
        if nom in choix:
            candidates = [ligne for ligne in lignes if passe(ligne, choix, sauf=nom)]
        portes = Counter(code for ligne in candidates for code in ligne["facettes"][nom])
        comptes[nom] = {code: portes[code] for code in facette.vocabulaire.values}
    return len(passent), comptes


def verifier(lignes: list[dict], choix: dict) -> None:
    question = demande()
    for nom, codes in choix.items():
        question = question.remplacant(nom, codes)
    obtenus = compter(question)
    assert (obtenus.total, obtenus.facettes) == comptes_en_python(lignes, choix), choix
    ids = identifiants(question, obtenus)
    attendus = [ligne for ligne in lignes if passe(ligne, choix)]
    attendus.sort(key=lambda ligne: (ligne["publiee_le"], ligne["id"]), reverse=True)
    assert ids == [ligne["id"] for ligne in attendus], choix


def publiees() -> list[dict]:
    lignes = list(Fiche.objects.filter(etat="publiee").values())
    for ligne in lignes:
        ligne["facettes"] = {nom: valeurs(ligne, f) for nom, f in FACETTES.items()}
    return lignes


@pytest.mark.django_db
def test_every_count_equals_plain_python_on_5000_fiches():
    """Each facet alone, each code alone, and 150 combinations of two to five facets."""
    call_command("semer", fiches=5000, graine=7, verbosity=0)
    Fiche.objects.filter(pk__in=[f["id"] for f in publiees()[::97]]).update(
        etat=EtatFiche.ARCHIVEE, motif="Essai"
    )
    lignes = publiees()
    assert 4900 < len(lignes) < 5000
    verifier(lignes, {})
    for nom, facette in FACETTES.items():
        for code in facette.codes:
            verifier(lignes, {nom: [code]})
    hasard = random.Random(7)
    vus = set()
    for _ in range(150):
        noms = hasard.sample(sorted(FACETTES), hasard.randint(2, 5))
        choix = {}
        for nom in noms:
            codes = FACETTES[nom].codes
            choix[nom] = hasard.sample(codes, hasard.randint(1, min(4, len(codes))))
        verifier(lignes, choix)
        vus.add(compter_total(choix) > 0)
    assert vus == {True, False}  # some combinations find nothing: zeros were checked too


def compter_total(choix) -> int:
    question = demande()
    for nom, codes in choix.items():
        question = question.remplacant(nom, codes)
    return compter(question).total


@pytest.mark.django_db
def test_text_and_commune_filter_every_count():
    """A search and a commune narrow the facets as any filter does."""
    call_command("semer", fiches=300, graine=2, verbosity=0)
    lignes = [ligne for ligne in publiees() if "drépanocytose" in ligne["titre"].lower()]
    trouves = compter(demande("q=drepanocytoses"))
    dans_le_titre = {ligne["id"] for ligne in lignes}
    ids = set(identifiants(demande("q=drepanocytoses"), trouves))
    assert dans_le_titre and dans_le_titre <= ids
    retrouvees = [ligne for ligne in publiees() if ligne["id"] in ids]
    assert (trouves.total, trouves.facettes) == comptes_en_python(retrouvees, {})
    commune = next(ligne["commune_id"] for ligne in publiees() if ligne["commune_id"])
    de_la_commune = [ligne for ligne in publiees() if ligne["commune_id"] == commune]
    ici = compter(demande(f"commune={commune}"))
    assert (ici.total, ici.facettes) == comptes_en_python(de_la_commune, {})


@pytest.mark.django_db
def test_paris_holds_its_arrondissements(personne):
    auteur = personne()
    for code in ("75118", "75056", "94028"):
        fabriques.fiche(
            auteur, "publiee", commune=Commune.objects.get(code=code), titre=f"À {code}"
        )
    assert compter(demande("commune=75056")).total == 2
    assert compter(demande("commune=75118")).total == 1


@pytest.mark.django_db
def test_counts_by_commune_leave_their_own_filter_aside():
    call_command("semer", fiches=200, graine=5, verbosity=0)
    question = demande("departement=94")
    tous = par_lieu(question, compter(question))
    attendus = {}
    for ligne in publiees():
        if "94" in ligne["departements"]:
            cle = ligne["commune_id"] or ""
            attendus[cle] = attendus.get(cle, 0) + 1
    assert tous == attendus
    une = next(lieu for lieu in tous if lieu)
    filtree = question.avec(lieu=une)
    assert par_lieu(filtree, compter(filtree)) == tous


@pytest.mark.django_db
def test_pages_follow_one_another_in_every_order(monkeypatch):
    """Deep pages are walked from the other end; nothing is lost nor seen twice."""
    from hubpartenariat.socle import facettes

    call_command("semer", fiches=130, graine=4, verbosity=0)
    monkeypatch.setattr(facettes, "PEU", 10)  # so that both ways of reading are used
    for requete in ("", "tri=titre", "domaine=parcours", "domaine=parcours&tri=titre"):
        question = demande(requete)
        comptes = compter(question)
        entiere = identifiants(question, comptes)
        pages = [identifiants(question, comptes, n, 20) for n in range(0, comptes.total, 20)]
        assert [pk for page in pages for pk in page] == entiere
        assert len(set(entiere)) == comptes.total > 20


@pytest.mark.django_db
def test_titles_are_sorted_as_a_french_reader_expects(personne):
    auteur = personne()
    for titre in ("Zèbre", "école", "Étape", "ecole libre", "L’œuvre", "éclat", "Oeuf", "eau"):
        fabriques.fiche(auteur, "publiee", titre=titre)
    question = demande("tri=titre")
    fiches = Fiche.objects.in_bulk(identifiants(question, compter(question)))
    ordre = [fiches[pk].titre for pk in identifiants(question, compter(question))]
    assert ordre == [
        "eau",
        "éclat",
        "école",
        "ecole libre",
        "Étape",
        "L’œuvre",
        "Oeuf",
        "Zèbre",
    ]


@pytest.mark.django_db
def test_nothing_is_stale_after_each_transition(personne, client):
    """Published, edited, withdrawn, put back, deleted: the very next answer says so."""
    auteur = personne()
    fiche = fabriques.fiche(auteur, "soumise", departements=["77"], domaines=["recherche"])
    lire = lambda: client.get("/cartographie/fiches.json").json()  # noqa: E731
    assert lire()["total"] == 0
    fiche.publier(None)
    assert lire()["facettes"]["departement"]["77"] == 1
    Fiche.objects.filter(pk=fiche.pk).update(departements=["78"])
    assert (lire()["facettes"]["departement"]["77"], lire()["total"]) == (0, 1)
    assert lire()["facettes"]["departement"]["78"] == 1
    fiche.archiver(None, "Terminée.")
    assert lire()["total"] == 0
    fiche.restaurer(None)
    assert client.get("/cartographie/?departement=78").context["total"] == 1
    fiche.delete()
    assert lire()["total"] == 0
    assert not indexation.EntreeIndex.objects.filter(genre="fiche").exists()


@pytest.mark.django_db
def test_a_draft_never_enters_the_index(personne):
    fabriques.fiche(personne(), "brouillon")
    fabriques.fiche(personne("b@exemple.fr"), "soumise")
    assert not indexation.EntreeIndex.objects.filter(genre="fiche").exists()
    assert not indexation.BitsFacette.objects.filter(genre="fiche").exists()


@pytest.mark.django_db
def test_one_query_counts_and_as_many_at_every_size(client, personne):
    auteur = personne()
    commun = {"departements": ["94"], "domaines": ["parcours"], "formes": ["etp"]}
    commun["commune"] = Commune.objects.get(code="94028")
    fabriques.fiches_publiees(auteur, 3, **commun)
    adresses = ["/cartographie/", "/cartographie/?domaine=parcours&forme=etp&q=patients"]
    adresses += ["/cartographie/?departement=94", "/cartographie/fiches.json"]
    adresses += ["/cartographie/?departement=94&commune=94028", "/recherche/?q=patients"]
    adresses += ["/cartographie/zones-blanches/"]
    peu = {adresse: len(requetes_de(client, adresse)) for adresse in adresses}
    fabriques.fiches_publiees(auteur, 297, **commun)
    assert {adresse: len(requetes_de(client, adresse)) for adresse in adresses} == peu
    assert max(peu.values()) <= 12
    with CaptureQueriesContext(connection) as capture:
        compter(demande("domaine=parcours&forme=etp&acteurs=soignants&departement=75&q=patients"))
    assert len(capture) == 1


@pytest.mark.django_db
def test_crossing_two_facets_counts_pairs():
    call_command("semer", fiches=120, graine=6, verbosity=0)
    attendus = {}
    for ligne in publiees():
        for departement in ligne["departements"]:
            cle = (departement, ligne["type_structure"])
            attendus[cle] = attendus.get(cle, 0) + 1
    obtenus = croiser(INDEX, "departement", "type_structure")
    assert {cle: n for cle, n in obtenus.items() if n} == attendus


@pytest.mark.django_db
def test_first_rows_without_counting():
    call_command("semer", fiches=60, graine=6, verbosity=0)
    question = demande("domaine=formation")
    assert premiers(question, 4) == identifiants(question, compter(question), 0, 4)


@pytest.mark.django_db
def test_a_changed_label_indexes_everything_again(monkeypatch):
    """Labels are part of the text: changing one reinstalls, running again does nothing."""
    call_command("semer", fiches=20, graine=6, verbosity=0)
    assert indexation.installer() == []
    facette = FACETTES["domaine"]
    monkeypatch.setattr(
        type(facette.vocabulaire), "choices", property(lambda cls: [("parcours", "Zanzibar")])
    )
    assert "fiche" in indexation.installer()  # and every index with the same words
    attendus = sum("parcours" in ligne["domaines"] for ligne in publiees())
    assert compter(demande("q=zanzibar")).total == attendus > 0


@pytest.mark.django_db(transaction=True)
def test_counts_stay_right_under_concurrent_publications():
    """Eight writers publish, edit and withdraw fiches of the same blocks at once."""
    call_command("charger_referentiels", verbosity=0)
    communes = {code: ["94028"] for code in ("75", "77", "78", "91", "92", "93", "94", "95")}
    erreurs = []

    def ecrire(numero: int) -> None:
        hasard = random.Random(numero)
        try:
            for rang in range(12):
                fiche = fabriquer(100 + numero, rang, communes)
                with transaction.atomic():
                    fiche.save()
                suite = hasard.random()
                mienne = Fiche.objects.filter(pk=fiche.pk)
                if suite < 0.25:
                    mienne.update(etat=EtatFiche.ARCHIVEE, motif="Essai")
                elif suite < 0.5:
                    mienne.update(domaines=["recherche"], departements=["77", "95"])
                elif suite < 0.6:
                    mienne.delete()
        except Exception as erreur:  # noqa: BLE001 — told to the test, which fails
            erreurs.append(erreur)
        finally:
            connections.close_all()

    fils = [threading.Thread(target=ecrire, args=(numero,)) for numero in range(8)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(60)
    assert erreurs == []
    lignes = publiees()
    assert 30 < len(lignes) < 96
    verifier(lignes, {})
    verifier(lignes, {"departement": ["77"], "domaine": ["recherche", "parcours"]})


@pytest.mark.django_db(transaction=True)
def test_a_publication_rolled_back_counts_nothing(personne):
    call_command("charger_referentiels", verbosity=0)
    fiche = fabriques.fiche(personne(), "soumise")
    with pytest.raises(RuntimeError), transaction.atomic():
        fiche.publier(None)
        assert compter(demande()).total == 1
        raise RuntimeError
    assert compter(demande()).total == 0
