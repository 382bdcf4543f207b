"""After somebody is erased, or takes back their consent: their words are found nowhere.

The database is read table by table, whatever Django knows of them; so are the files of the hub.
"""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from annuaire.models import Profil
from hubpartenariat.comptes.consentements import retirer
from hubpartenariat.socle import registre
from hubpartenariat.socle.courriel import Courriel, DossierDeCourriels, mettre_en_file
from hubpartenariat.socle.documents import DemandeDocument, ranger
from hubpartenariat.socle.formulaires import SaisieEnAttente
from tests.generiques.adresses import adresses
from tests.generiques.marqueurs.parcours import Marche
from tests.generiques.marqueurs.poser import poser
from tests.outils import bilan

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def marques(monde):
    return poser()


def toutes_les_tables() -> dict[str, str]:
    """Every table of the database as text, those that no model knows included."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            " AND tablename <> 'socle_commune'"
        )
        noms = [ligne[0] for ligne in curseur.fetchall()]
        contenus = {}
        for nom in noms:
            curseur.execute(f'SELECT t::text FROM "{nom}" t')
            contenus[nom] = "\n".join(ligne[0] for ligne in curseur.fetchall())
    sessions = (str(session.get_decoded()) for session in Session.objects.all())
    contenus["django_session"] = "\n".join(sessions)
    return contenus


def tous_les_fichiers() -> dict[str, str]:
    return {
        str(chemin): f"{chemin} " + chemin.read_bytes().decode("utf-8", "replace")
        for chemin in settings.VAR.rglob("*")
        if chemin.is_file()
    }


def ou_sont(marques, mots: set[str]) -> dict[str, list[str]]:
    """{table or file: fields of this person found there}"""
    trouves = {}
    for lieu, texte in (toutes_les_tables() | tous_les_fichiers()).items():
        if presents := marques.trouver(texte) & mots:
            trouves[lieu] = sorted({marques.par_mot[mot].etiquette for mot in presents})
    return trouves


def preparer(monde, marques, personne):
    """What the world does not hold: mails to others that name them, files, a kept form."""
    personne.refresh_from_db()
    mettre_en_file("ailleurs@exemple.fr", "Un mot", f"{personne.nom} vous répond.")
    a_eux = mettre_en_file(personne.email, "Bonjour", f"Bonjour {personne.nom}.")
    courriel = Courriel.objects.get(pk=a_eux.pk)
    DossierDeCourriels().send_messages([courriel.message()])
    demande = monde.documents["prive"]
    nom = ranger(f"%PDF-1.7 {personne.nom}".encode())
    DemandeDocument.objects.filter(pk=demande.pk).update(etat="pret", fichier=nom)
    client = monde.client("auteur")
    gardee = SaisieEnAttente.objects.create(chemin="/x/", donnees={"a": [personne.nom]})
    session = client.session
    session["saisies_en_attente"] = [str(gardee.pk)]
    session["dernier_texte"] = personne.nom
    session.save()


# Fields that stay, as their declaration says to the person who leaves.
RESTENT = {
    f"{declaration.modele._meta.label}.{nom}"
    for declaration in registre.declarations()
    for groupe in declaration.groupes
    if groupe.garde
    for nom in groupe.noms
} | {"annuaire.Signalement.texte", "cartographie.Remarque.texte"}


def test_nothing_of_an_erased_person_is_left(monde, marques):
    auteur = monde.personnes["auteur"]
    mots = {m for m in marques.de(auteur) if marques.par_mot[m].etiquette not in RESTENT}
    assert len(mots) > 40
    # Journal and admin history repeat a title or a name only if somebody wrote them there.
    preparer(monde, marques, auteur)
    avant = ou_sont(marques, mots)
    assert any("courriels" in lieu for lieu in avant)
    assert any("documents" in lieu for lieu in avant)
    assert "django_session" in avant
    assert "annuaire_profil" in avant
    auteur.anonymiser()
    reste = ou_sont(marques, mots)
    bilan.dire(f"erasure: {len(mots)} words in {len(avant)} places, then {len(reste)}")
    assert not reste, reste
    assert not Profil.objects.filter(personne=auteur).exists()


def test_what_others_hold_is_untouched(monde, marques):
    """Only the words of the person go: those of the others are all still there."""
    auteur = monde.personnes["auteur"]
    des_autres = marques.de(monde.personnes["autre"]) - marques.de(auteur)
    avant = marques.trouver("\n".join(toutes_les_tables().values())) & des_autres
    auteur.refresh_from_db()
    auteur.anonymiser()
    apres = marques.trouver("\n".join(toutes_les_tables().values())) & des_autres
    perdus = {marques.par_mot[m].etiquette for m in avant - apres}
    assert perdus == set()


def test_a_team_member_who_leaves_takes_their_words(monde, marques):
    equipe = monde.personnes["equipe"]
    mots = {
        m
        for m in marques.de(equipe)
        if marques.par_mot[m].etiquette.startswith(("comptes.", "account.", "annuaire.Message"))
        or marques.par_mot[m].etiquette == "annuaire.Rattachement.message"
    }
    assert len(mots) > 3
    equipe.refresh_from_db()
    equipe.anonymiser()
    assert not ou_sont(marques, mots)


def test_erasure_bites(monde, marques, monkeypatch):
    """Leave the texts of mails to others, or the sessions: the words are found there."""
    from hubpartenariat.socle import effacement, registre

    auteur = monde.personnes["auteur"]
    preparer(monde, marques, auteur)
    monkeypatch.setattr(effacement, "taire", lambda noms: None)
    for d in registre.declarations():
        if d.modele is Session:
            monkeypatch.setitem(d.__dict__, "effacer", lambda p: None)
    auteur.anonymiser()
    assert {"socle_courriel", "django_session"} <= set(ou_sont(marques, marques.de(auteur)))


def test_after_withdrawal_of_consent_nothing_more_is_shown(monde, marques):
    """What a double agreement showed is closed as soon as its owner takes back their consent."""
    from hubpartenariat.comptes.consentements import Finalite

    ciblees = [a for a in adresses(monde) if a.motif.nom.startswith("annuaire:")]
    with transaction.atomic():
        for nom in ("auteur", "autre"):
            for finalite in Finalite:
                retirer(monde.personnes[nom], finalite)
        marques.oublier_les_lecteurs()
        marche = Marche(monde, marques)
        marche.tout(ciblees, ("equipe", "autre", "membre", "visiteur"), envoyer=False)
        transaction.set_rollback(True)
    marques.oublier_les_lecteurs()
    assert not marche.constat.fuites, str(marche.constat)
