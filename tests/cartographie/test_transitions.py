"""A fiche moves only when it may, says why when it may not, and tells its authors."""

import threading

import pytest
from django.db import connection

from cartographie.enums import EtatFiche, Transition
from cartographie.models import Fiche
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import histoire
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.cartographie.conftest import REMARQUE

pytestmark = pytest.mark.django_db

# state → what an author may do, what a moderator who is not an author may do
PERMIS = {
    "brouillon": ({"soumettre", "supprimer_brouillon"}, set()),
    "soumise": ({"reprendre"}, {"publier", "refuser", "demander_complements"}),
    "a_completer": ({"soumettre", "supprimer_brouillon"}, set()),
    "refusee": ({"reprendre", "supprimer_brouillon"}, set()),
    "publiee": ({"archiver", "ouvrir_revision"}, {"archiver"}),
    "archivee": (set(), {"restaurer"}),
}


@pytest.mark.parametrize("etat", PERMIS)
def test_who_may_do_what_in_each_state(etat, fiche, claire, marc, personne):
    fiche = fiche(etat, moderateur=None)
    auteur, moderation = PERMIS[etat]
    assert set(fiche.transitions_permises(claire)) == auteur
    assert set(fiche.transitions_permises(marc)) == moderation
    assert fiche.transitions_permises(personne("autre@exemple.fr")) == []


@pytest.mark.parametrize("etat", PERMIS)
@pytest.mark.parametrize("transition", list(Transition))
def test_a_refusal_gives_its_reason_and_changes_nothing(etat, transition, fiche, personne):
    fiche, intrus = fiche(etat), personne("intrus@exemple.fr")
    suite = {
        Transition.REFUSER: ["non"],
        Transition.ARCHIVER: ["non"],
        Transition.DEMANDER_COMPLEMENTS: [[REMARQUE]],
    }
    avant = Fiche.objects.values().get(pk=fiche.pk)
    with pytest.raises(TransitionRefusee) as refus:
        getattr(fiche, transition.value)(intrus, *suite.get(transition, []))
    assert "Seul" in str(refus.value)
    assert Fiche.objects.values().get(pk=fiche.pk) == avant


def test_sending_asks_for_what_is_missing(fiche, claire):
    fiche = fiche(titre="", departements=[])
    assert [manque.champ for manque in fiche.ce_qui_manque()] == ["titre", "departements"]
    with pytest.raises(TransitionRefusee, match="Il reste 2 points"):
        fiche.soumettre(claire)
    assert Fiche.objects.get(pk=fiche.pk).etat == EtatFiche.BROUILLON


def test_sending_checks_the_row_and_not_an_old_copy(fiche, claire):
    """Completeness is read under the lock: a title erased meanwhile is seen."""
    fiche = fiche()
    Fiche.objects.filter(pk=fiche.pk).update(titre="")
    with pytest.raises(TransitionRefusee, match="Il reste un point"):
        fiche.soumettre(claire)


def test_from_draft_to_the_map_with_a_correction(fiche, claire, marc):
    fiche = fiche("soumise")
    fiche.demander_complements(marc, [REMARQUE])
    remarque = fiche.remarques.get()
    assert (remarque.libelle_du_champ, remarque.auteur) == ("Description courte", marc)
    fiche.soumettre(claire)
    assert not fiche.remarques.ouvertes().exists()
    fiche.publier(marc)
    fiche.refresh_from_db()
    assert (fiche.etat, fiche.slug) == ("publiee", "cafe-des-pairs-en-nephrologie")
    assert [entree.action for entree in histoire(fiche)] == [
        "publier",
        "soumettre",
        "demander_complements",
        "soumettre",
    ]
    sujets = list(Courriel.objects.order_by("pk").values_list("destinataire", "sujet"))
    assert len(sujets) == 4
    assert {adresse for adresse, _ in sujets} == {"claire@exemple.fr"}
    assert ["à compléter" in sujets[1][1], "sur la carte" in sujets[3][1]] == [True, True]


def test_every_author_is_told(fiche, claire, marc, personne):
    lea = personne("lea@exemple.fr")
    fiche = fiche("soumise", auteurs=[claire, lea])
    Courriel.objects.all().delete()
    fiche.refuser(marc, "Cette démarche est hors de l’Île-de-France.")
    lettres = Courriel.objects.all()
    assert {lettre.destinataire for lettre in lettres} == {"claire@exemple.fr", "lea@exemple.fr"}
    assert all("hors de l’Île-de-France" in lettre.texte for lettre in lettres)


@pytest.mark.parametrize("motif", ["", "   ", None])
def test_a_refusal_and_an_archiving_say_why(motif, fiche, marc):
    with pytest.raises(TransitionRefusee, match="Dites pourquoi"):
        fiche("soumise").refuser(marc, motif)
    with pytest.raises(TransitionRefusee, match="Dites pourquoi"):
        fiche("publiee").archiver(marc, motif)


def test_asking_for_completion_needs_a_remark(fiche, marc):
    with pytest.raises(TransitionRefusee, match="au moins une remarque"):
        fiche("soumise").demander_complements(marc, [])


def test_nobody_publishes_alone_what_they_wrote(fiche, marc, personne):
    fiche = fiche("soumise", auteurs=[marc])
    with pytest.raises(TransitionRefusee, match="une autre personne"):
        fiche.publier(marc)
    assert fiche.publier(personne("paul@exemple.fr", "moderateur")).etat == "publiee"


def test_an_administrator_may_publish_their_own(fiche, personne):
    admin = personne("ada@exemple.fr", "administrateur")
    assert fiche("soumise", auteurs=[admin]).publier(admin).etat == "publiee"


def test_same_title_different_address(fiche):
    adresses = {fiche("publiee").slug for _ in range(3)}
    racine = "cafe-des-pairs-en-nephrologie"
    assert adresses == {racine, f"{racine}-2", f"{racine}-3"}


def test_a_title_without_letters_has_an_address(fiche):
    assert fiche("publiee", titre="∆ 東京").slug.startswith("fiche-")


def test_the_address_survives_archiving_and_restoring(fiche, marc):
    fiche = fiche("archivee")
    adresse, publiee_le = fiche.slug, fiche.publiee_le
    assert fiche.motif == "Terminée."
    fiche.restaurer(marc)
    fiche.refresh_from_db()
    assert (fiche.etat, fiche.slug, fiche.publiee_le) == ("publiee", adresse, publiee_le)
    assert fiche.motif == ""


# --- Revisions ---------------------------------------------------------------------------
def test_a_revision_leaves_the_public_fiche_alone_until_published(fiche, claire, marc):
    fiche = fiche("publiee")
    fiche.liens.create(titre="Rapport", url="https://exemple.fr/rapport")
    revision = fiche.ouvrir_revision(claire)
    assert revision.revision_de == fiche
    assert revision.version("fonctionnement") == 1, "already filled"
    assert [lien.titre for lien in revision.liens.all()] == ["Rapport"]
    revision.titre = "Café des pairs, deuxième année"
    revision.save()
    revision.liens.create(titre="Bilan", url="https://exemple.fr/bilan")
    assert Fiche.objects.get(pk=fiche.pk).titre == "Café des pairs en néphrologie"

    revision.soumettre(claire)
    revision.demander_complements(marc, [REMARQUE])
    revision.soumettre(claire)
    Courriel.objects.all().delete()
    publiee = revision.publier(marc)

    assert publiee.pk == fiche.pk
    apres = Fiche.objects.get()
    assert apres.titre == "Café des pairs, deuxième année"
    assert (apres.slug, apres.publiee_le) == (fiche.slug, fiche.publiee_le)
    assert [lien.titre for lien in apres.liens.all()] == ["Rapport", "Bilan"]
    assert apres.remarques.count() == 1
    actions = [entree.action for entree in histoire(apres)]
    assert actions[0] == "publier"
    assert "demander_complements" in actions, "the history of the revision follows the fiche"
    assert Courriel.objects.filter(sujet__contains="à jour").count() == 1


def test_one_revision_at_a_time(fiche, claire):
    fiche = fiche("publiee")
    assert fiche.ouvrir_revision(claire) == fiche.ouvrir_revision(claire)
    assert Fiche.objects.count() == 2


def test_a_revision_of_an_archived_fiche_waits(fiche, claire, marc):
    fiche = fiche("publiee")
    revision = fiche.ouvrir_revision(claire)
    revision.soumettre(claire)
    fiche.archiver(marc, "Doublon.")
    with pytest.raises(TransitionRefusee, match="d’origine"):
        Fiche.objects.get(pk=revision.pk).publier(marc)


def test_a_refused_revision_waits_for_the_open_one(fiche, claire, marc):
    fiche = fiche("publiee")
    premiere = fiche.ouvrir_revision(claire)
    premiere.soumettre(claire)
    premiere.refuser(marc, "Non.")
    fiche.ouvrir_revision(claire)
    with pytest.raises(TransitionRefusee, match="Une autre mise à jour"):
        premiere.reprendre(claire)


# --- Two at once -------------------------------------------------------------------------
def a_la_fois(*actes):
    """Run each function in its own thread and connection, together. Returns what they raised."""
    depart, issues = threading.Barrier(len(actes)), [None] * len(actes)

    def courir(rang, acte):
        try:
            depart.wait(5)
            acte()
        except Exception as erreur:  # noqa: BLE001 — handed to the test
            issues[rang] = erreur
        finally:
            connection.close()

    fils = [threading.Thread(target=courir, args=paire) for paire in enumerate(actes)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(20)
    return issues


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_one_wins_the_other_is_told(fiche, marc, personne):
    paul = personne("paul@exemple.fr", "moderateur")
    for _ in range(5):
        une = fiche("soumise")
        Courriel.objects.all().delete()
        issues = a_la_fois(
            lambda cle=une.pk: Fiche.objects.get(pk=cle).publier(marc),
            lambda cle=une.pk: Fiche.objects.get(pk=cle).refuser(paul, "Non."),
        )
        refus = [issue for issue in issues if issue is not None]
        assert len(refus) == 1
        assert isinstance(refus[0], TransitionRefusee)
        assert "état" in str(refus[0])
        assert Courriel.objects.count() == 1


def test_a_move_acts_on_one_row_or_refuses(fiche, marc):
    """The conditional update alone, below the lock and the predicates."""
    ancienne = fiche("soumise")
    Fiche.objects.get(pk=ancienne.pk).publier(marc)
    with pytest.raises(TransitionRefusee, match="a changé entre-temps"):
        ancienne.passer({"soumise"}, "refusee", par=marc, action="refuser", motif="Non.")
    assert Fiche.objects.get(pk=ancienne.pk).etat == "publiee"
    assert histoire(ancienne).first().action == "publier"


@pytest.mark.django_db(transaction=True)
def test_two_stale_copies_decide_once(fiche, marc, personne):
    """Both read the fiche before either decided."""
    paul = personne("paul@exemple.fr", "moderateur")
    cle = fiche("soumise").pk
    une, autre = Fiche.objects.get(pk=cle), Fiche.objects.get(pk=cle)
    issues = a_la_fois(lambda: une.publier(marc), lambda: autre.refuser(paul, "Non."))
    assert [type(issue) for issue in issues].count(TransitionRefusee) == 1


@pytest.mark.django_db(transaction=True)
def test_fiches_of_one_title_published_together_get_their_own_address(fiche, marc):
    fiches = [fiche("soumise") for _ in range(4)]
    issues = a_la_fois(*[lambda une=une: une.publier(marc) for une in fiches])
    assert issues == [None] * 4
    assert Fiche.objects.values("slug").distinct().count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_double_click_opens_one_revision_and_one_draft(fiche, claire):
    une = fiche("publiee")
    ouvrir = lambda: Fiche.objects.get(pk=une.pk).ouvrir_revision(claire)  # noqa: E731
    assert a_la_fois(ouvrir, ouvrir) == [None, None]
    assert une.revisions.count() == 1
    commencer = lambda: Fiche.objects.commencer(claire)  # noqa: E731
    assert a_la_fois(commencer, commencer, commencer) == [None] * 3
    assert Fiche.objects.filter(versions={}, revision_de=None, etat="brouillon").count() == 1
