"""The two-voice tools in teams: several on a side, nobody on one, a thumb that taps twice."""

import pytest
from django.utils import timezone

from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.accompagnement import attestations
from ressources.deux_voix import conclusions, transitions
from ressources.models import Conclusion, ReponseDeVoix
from tests import fabriques
from tests.ressources.outils_deux_voix import (
    PATIENT,
    PROFESSIONNEL,
    champs,
    devoiler,
    envoi,
    page_de,
    projet_a_deux,
)


@pytest.fixture
def trio(db):
    return projet_a_deux()


def _entre(projet, voix, nom="Zoé"):
    qui = fabriques.personne()
    projet.participations.create(personne=qui, nom=nom, voix=voix)
    return qui


def _revient(projet, personne, voix):
    """Leave, then come back to speak for ``voix``."""
    projet.participations.filter(personne=personne).update(partie_le=timezone.now())
    return projet.participations.create(personne=personne, nom="Revenu", voix=voix)


def _lu(reponse) -> str:
    return reponse.content.decode().replace("\xa0", " ").replace("\u202f", " ")


# --- Two voices are two people -------------------------------------------------------------------
def test_nobody_speaks_for_both_sides(trio, client_de):
    """A colleague who has read one side, then changes side, would score with it in sight."""
    projet, _, patient = trio
    passage = transitions.ouvrir(projet, "barometre", patient)
    transitions.repondre(passage, patient, "patient", envoi(PATIENT))
    zoe = _entre(projet, "patient")
    _revient(projet, zoe, "professionnel")
    with pytest.raises(TransitionRefusee):
        transitions.repondre(passage, zoe, "professionnel", envoi(PATIENT))
    page = f"{page_de(projet)}{passage.uuid}/"
    lu = _lu(client_de(zoe).post(page, champs(PATIENT), follow=True))
    assert "Vous avez parlé pour l’autre côté" in lu
    assert ReponseDeVoix.objects.count() == 1
    # The other side sends again: what Zoé has read no longer counts.
    transitions.repondre(passage, patient, "patient", envoi(PATIENT))
    assert transitions.repondre(passage, zoe, "professionnel", envoi(PROFESSIONNEL)).devoile


def test_somebody_invited_on_the_wrong_side_may_come_back_on_the_right_one(trio):
    """Nothing had been answered when they left: there was nothing to read."""
    projet, pro, patient = trio
    passage = transitions.ouvrir(projet, "barometre", pro)
    zoe = _entre(projet, "professionnel")
    _revient(projet, zoe, "patient")
    transitions.repondre(passage, pro, "professionnel", envoi(PROFESSIONNEL))
    assert transitions.repondre(passage, zoe, "patient", envoi(PATIENT)).devoile


def test_nobody_cosigns_their_own_attestation_by_changing_side(trio):
    projet, pro, _ = trio
    avant = projet.participations.get(personne=pro)
    une = attestations.demander(
        avant,
        {"genre": "engagement", "nom": "Paul", "role": "Relire.", "du": "2026-01-01",
         "au": "2026-02-01", "heures": None},
    )  # fmt: skip
    revenu = _revient(projet, pro, "patient")
    with pytest.raises(TransitionRefusee):
        attestations.cosigner(une, revenu)
    une.refresh_from_db()
    assert une.cosignee_le is None


# --- Nobody on the other side --------------------------------------------------------------------
def test_a_side_with_nobody_is_said_and_nobody_is_told_that_a_mail_left(trio, client_de):
    projet, pro, patient = trio
    projet.participations.filter(personne=patient).delete()
    passage = transitions.ouvrir(projet, "barometre", pro)
    page, client = f"{page_de(projet)}{passage.uuid}/", client_de(pro)
    client.post(page, champs(PROFESSIONNEL))
    lu = _lu(client.get(page))
    assert "l’attend dans son espace" not in lu
    assert "Personne ne parle encore pour l’autre côté" in lu
    assert f"/ressources/projets/{projet.uuid}/inviter/" in lu
    _entre(projet, "patient")
    assert "l’attend dans son espace" in _lu(client.get(page))


# --- Several on one side -------------------------------------------------------------------------
def test_a_colleague_reads_who_answered_for_the_side(trio, client_de):
    projet, pro, _ = trio
    passage = transitions.ouvrir(projet, "barometre", pro)
    transitions.repondre(passage, pro, "professionnel", envoi(PROFESSIONNEL))
    zoe = _entre(projet, "professionnel")
    page = f"{page_de(projet)}{passage.uuid}/"
    assert "Vos réponses sont envoyées" in _lu(client_de(pro).get(page))
    lu = _lu(client_de(zoe).get(page))
    assert "Vos réponses sont envoyées" not in lu
    assert "Paul a répondu pour votre côté" in lu


def test_a_colleague_who_had_not_seen_them_does_not_replace_the_answers(trio, client_de):
    projet, pro, _ = trio
    passage = transitions.ouvrir(projet, "barometre", pro)
    zoe = _entre(projet, "professionnel")
    page, client = f"{page_de(projet)}{passage.uuid}/", client_de(zoe)
    lue = client.get(page).context["lue"]
    transitions.repondre(passage, pro, "professionnel", envoi(PROFESSIONNEL))
    siennes = ["1"] * 11
    reponse = client.post(page, champs(siennes) | {"_lue": lue})
    assert reponse.status_code == 409
    assert ReponseDeVoix.objects.get().codes == PROFESSIONNEL
    assert _lu(reponse).count(" checked") == 11, "nothing typed is lost"
    assert "a répondu pour votre côté" in _lu(reponse)
    lue = reponse.context["lue"]
    assert client.post(page, champs(siennes) | {"_lue": lue}).status_code == 302
    assert ReponseDeVoix.objects.get().codes == siennes


def test_the_list_says_that_my_side_has_answered(trio, client_de):
    projet, pro, patient = trio
    passage = transitions.ouvrir(projet, "barometre", pro)
    transitions.repondre(passage, pro, "professionnel", envoi(PROFESSIONNEL))
    assert "Votre côté a répondu" in _lu(client_de(pro).get(page_de(projet)))
    assert "Votre côté a répondu" not in _lu(client_de(patient).get(page_de(projet)))


# --- Joint answers, typed on two phones ----------------------------------------------------------
def _commun(projet, passage) -> str:
    return f"{page_de(projet)}{passage.uuid}/commun/"


def test_a_save_sent_twice_is_one_save(trio, client_de):
    """A second tap carries the old version and the same words: that is no conflict."""
    passage = devoiler(*trio)
    page, client = _commun(trio[0], passage), client_de(trio[1])
    envoye = {"code-3": "2", "phrase-3": "Vu ensemble.", "_version": "0", "vers": "plus-tard"}
    for _ in range(2):
        reponse = client.post(page, envoye)
        assert reponse.status_code == 302
    assert "C’est enregistré" in _lu(client.get(page))
    assert Conclusion.objects.get(numero=3).phrase == "Vu ensemble."


def test_what_another_wrote_where_i_wrote_nothing_stays(trio, client_de):
    """Two phones, one meeting: each fills other criteria; saving again erases neither."""
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    page = _commun(projet, passage)
    client_de(pro).post(page, {"phrase-3": "De Paul.", "_version": "0", "vers": "plus-tard"})
    client = client_de(patient)
    sienne = {"phrase-4": "D’Inès.", "_version": "0", "vers": "plus-tard"}
    reponse = client.post(page, sienne)
    form, version = reponse.context["form"], reponse.context["version"]
    assert (form["phrase-3"].value(), form["phrase-4"].value()) == ("De Paul.", "D’Inès.")
    envoye = {champ.html_name: champ.value() or "" for champ in form}
    client.post(page, envoye | {"_version": version, "vers": "plus-tard"})
    phrases = dict(Conclusion.objects.exclude(phrase="").values_list("numero", "phrase"))
    assert phrases == {3: "De Paul.", 4: "D’Inès."}


def test_the_other_phone_saves_while_mine_is_being_read(trio, client_de, monkeypatch):
    """Between reading the page and keeping it: both texts are shown, neither is erased."""
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    page = _commun(projet, passage)
    garder = conclusions.enregistrer

    def entre_temps(*args):
        monkeypatch.setattr(conclusions, "enregistrer", garder)
        client_de(pro).post(page, {"phrase-3": "De Paul.", "_version": "0", "vers": "plus-tard"})
        return garder(*args)

    monkeypatch.setattr(conclusions, "enregistrer", entre_temps)
    envoye = {"phrase-3": "D’Inès.", "_version": "0", "vers": "plus-tard"}
    reponse = client_de(patient).post(page, envoye)
    assert reponse.context["form"]["phrase-3"].value() == "D’Inès."
    assert [autre for _champ, autre in reponse.context["conflits"]] == ["De Paul."]
    assert reponse.context["version"] == 1
    assert Conclusion.objects.get(numero=3).phrase == "De Paul."


# --- A trial corrected ---------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_trial_is_corrected_without_starting_again(client_de):
    """Without scripts, going back would show an empty form."""
    page, client = "/ressources/outils/barometre/", client_de()
    choisies = {"professionnel-1": "4", "patient-1": "so"}
    assert "Corriger mes réponses" in _lu(client.post(page, choisies))
    reponse = client.post(page, choisies | {"vers": "corriger"})
    assert reponse.templates[0].name == "ressources/deux_voix/outil.html"
    assert _lu(reponse).count(" selected") == 2 + 20  # the two chosen; « Choisir… » elsewhere
    assert "à revoir" not in _lu(reponse)


@pytest.mark.django_db
def test_too_many_documents_of_trials_lose_no_answer(client_de, monkeypatch):
    from ressources.views import essais

    monkeypatch.setattr(essais, "trop", lambda request: True)
    reponse = client_de().post("/ressources/outils/barometre/pdf/", {"professionnel-1": "4"})
    assert reponse.status_code == 429
    assert "attendez un peu" in _lu(reponse)
    assert '<option value="4" selected>' in _lu(reponse)
