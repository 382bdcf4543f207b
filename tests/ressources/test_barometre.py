"""The blind barometer: what the other side scored is nowhere before both are in."""

import csv
import re
import subprocess
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.documents import demander, fabriquer
from hubpartenariat.socle.journal import EntreeJournal
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.deux_voix import conclusions, transitions
from ressources.models import Conclusion, Passage, ReponseDeVoix
from ressources.projets import equipe
from tests.outils.simultanes import ensemble
from tests.outils.tables import changees, empreintes
from tests.ressources.outils_deux_voix import (
    BAROMETRE,
    PATIENT,
    PROFESSIONNEL,
    champs,
    devoiler,
    envoi,
    page_de,
    projet_a_deux,
)

JETON = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def trio(db):
    return projet_a_deux()


# --- Blind ---------------------------------------------------------------------------------------
def _tout_ce_que_lit(client, projet, passage) -> str:
    """Everything that this person may obtain of the passage, with the tokens taken out."""
    page = page_de(projet)
    adresses = [page, f"{page}{passage.uuid}/", f"{page}{passage.uuid}/resultats.json",
                f"{page}{passage.uuid}/commun/"]  # fmt: skip
    lus = [client.get(adresse) for adresse in adresses]
    lus.append(client.post(f"{page}{passage.uuid}/pdf/"))
    # Expires is the clock's.
    entetes = [sorted(h for h in r.headers.items() if h[0] != "Expires") for r in lus]
    corps = [JETON.sub("", r.content.decode()) for r in lus]
    return "\n".join(f"{r.status_code}" for r in lus) + f"{entetes}" + "\n".join(corps)


@pytest.mark.parametrize("repondu", [False, True], ids=["before mine", "after mine"])
def test_whatever_the_other_side_scored_everything_i_receive_is_the_same(trio, client_de, repondu):
    """The strongest absence: two opposite scores of the other side give the same bytes."""
    projet, pro, patient = trio
    passage = transitions.ouvrir(projet, "barometre", pro)
    client = client_de(patient)
    lus = []
    transitions.repondre(passage, pro, "professionnel", envoi(PROFESSIONNEL))
    if repondu:  # both are in, hence the passage would be unveiled: put it back to wait
        transitions.repondre(passage, patient, "patient", envoi(PATIENT))
        Passage.objects.update(etat="a_repondre", devoile_le=None)
    for codes in (["4"] * 11, ["0"] * 11, ["so"] * 11):
        ReponseDeVoix.objects.filter(voix="professionnel").update(codes=codes)
        lus.append(_tout_ce_que_lit(client, projet, passage))
    assert len(set(lus)) == 1
    assert lus[0].startswith("200\n200\n200\n302\n404")


def test_mails_and_the_journal_hold_no_score(trio):
    projet, pro, patient = trio
    passage = transitions.ouvrir(projet, "barometre", pro)
    textes = set()
    for codes in (["4"] * 11, ["0"] * 11):
        transitions.repondre(passage, pro, "professionnel", envoi(codes))
        [courriel] = Courriel.objects.all()
        assert courriel.destinataire == patient.email
        details = [str(e.detail) for e in EntreeJournal.objects.filter(action="repondre")]
        textes.add((courriel.texte, details[0]))
    assert len(textes) == 1


def test_no_document_before_both_are_in(trio):
    projet, pro, patient = trio
    passage = transitions.ouvrir(projet, "barometre", pro)
    transitions.repondre(passage, pro, "professionnel", envoi(PROFESSIONNEL))
    for qui in (pro, patient, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            demander("deux_voix", {"passage": str(passage.uuid)}, qui)


def test_my_own_scores_come_back_in_my_form(trio, client_de):
    projet, pro, patient = trio
    passage = transitions.ouvrir(projet, "barometre", pro)
    page = f"{page_de(projet)}{passage.uuid}/"
    client = client_de(pro)
    assert client.post(page, champs(PROFESSIONNEL)).status_code == 302
    lu = client.get(page).content.decode()
    assert lu.count(" checked") == 11
    assert client_de(patient).get(page).content.decode().count(" checked") == 0
    dit = client.get(f"{page}resultats.json").json()
    assert [c["professionnel"] for c in dit["criteres"]][:4] == [4, 3, 2, "sans objet"]
    assert {c["patient"] for c in dit["criteres"]} == {None}
    assert dit["ont_repondu"] == ["professionnel"]


def test_a_colleague_of_the_same_side_reads_the_same_side(trio, client_de, personne):
    projet, pro, patient = trio
    passage = transitions.ouvrir(projet, "barometre", pro)
    transitions.repondre(passage, patient, "patient", envoi(PATIENT))
    collegue = personne("collegue@exemple.fr")
    projet.participations.create(personne=collegue, nom="Zoé", voix="patient")
    lu = client_de(collegue).get(f"{page_de(projet)}{passage.uuid}/resultats.json").json()
    assert lu["criteres"][0]["patient"] == 0
    projet.participations.filter(personne=collegue).update(voix="professionnel")
    lu = client_de(collegue).get(f"{page_de(projet)}{passage.uuid}/resultats.json").json()
    assert lu["criteres"][0]["patient"] is None


# --- Unveiled ------------------------------------------------------------------------------------
def test_once_unveiled_nobody_changes_a_score(trio, client_de):
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    page = f"{page_de(projet)}{passage.uuid}/"
    for qui, voix in ((pro, "professionnel"), (patient, "patient")):
        with pytest.raises(TransitionRefusee):
            transitions.repondre(passage, qui, voix, envoi(["2"] * 11))
        client_de(qui).post(page, champs(["2"] * 11))
    assert dict(ReponseDeVoix.objects.values_list("voix", "codes")) == {
        "professionnel": PROFESSIONNEL,
        "patient": PATIENT,
    }


@pytest.mark.django_db(transaction=True)
def test_two_voices_at_the_same_instant_unveil_once():
    projet, pro, patient = projet_a_deux()
    passage = transitions.ouvrir(projet, "barometre", pro)
    qui = [(pro, "professionnel", PROFESSIONNEL), (patient, "patient", PATIENT)]

    def envoyer(rang):
        personne, voix, codes = qui[rang % 2]
        return transitions.repondre(passage, personne, voix, envoi(codes))

    dits = ensemble(8, envoyer)
    refus = [d for d in dits if isinstance(d, Exception)]
    assert all(isinstance(d, TransitionRefusee) for d in refus)
    passage.refresh_from_db()
    assert passage.devoile
    assert passage.reponses.count() == 2
    assert Courriel.objects.filter(sujet__startswith="Les deux voix").count() == 2


@pytest.mark.django_db(transaction=True)
def test_starting_twenty_times_at_once_starts_once():
    projet, pro, _ = projet_a_deux()
    ouverts = ensemble(20, lambda rang: transitions.ouvrir(projet, "barometre", pro))
    assert len({p.pk for p in ouverts}) == 1
    assert Passage.objects.count() == 1


def test_both_sides_and_nobody_else(trio, client_de, personne):
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    page = page_de(projet)
    adresses = [page, f"{page}{passage.uuid}/", f"{page}{passage.uuid}/resultats.json"]
    autre, equipe = personne("x@exemple.fr"), personne("m@exemple.fr", Role.MODERATEUR)
    for adresse in adresses:
        for qui in (pro, patient):
            assert client_de(qui).get(adresse).status_code == 200
        for client in (client_de(autre), client_de(equipe, mfa=True)):
            assert client.get(adresse).status_code == 404
    # A passage of one project under the address of another, or of another tool.
    sien, chef, _ = projet_a_deux("Autre")
    assert client_de(chef).get(f"{page_de(sien)}{passage.uuid}/").status_code == 404
    faux = f"/ressources/projets/{projet.uuid}/check-list/{passage.uuid}/"
    assert client_de(pro).get(faux).status_code == 404
    projet.participations.filter(personne=pro).update(partie_le="2026-01-01T00:00Z")
    assert client_de(pro).get(page).status_code == 404


# --- The same numbers everywhere -----------------------------------------------------------------
class _Table(HTMLParser):
    """Cells of the table « deux-voix », row after row."""

    def __init__(self):
        super().__init__()
        self.lignes, self.dedans, self.case = [], False, None

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.dedans = "deux-voix" in dict(attrs).get("class", "")
        elif self.dedans and tag == "tr":
            self.lignes.append([])
        elif self.dedans and tag in ("td", "th"):
            self.case = ""

    def handle_data(self, data):
        if self.case is not None:
            self.case += data

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.case is not None:
            self.lignes[-1].append(self.case.strip())
            self.case = None


def _de_la_page(html: str) -> list[list[str]]:
    lecteur = _Table()
    lecteur.feed(html)
    return [ligne[1:] for ligne in lecteur.lignes[1:]]


def _du_json(dit: dict) -> list[list[str]]:
    noms = ("professionnel", "patient", "ecart", "commun")
    return [["–" if c[n] is None else str(c[n]) for n in noms] for c in dit["criteres"]]


VALEUR = r"(?:sans\s+objet|[0-4]|–)"


def _du_pdf(contenu: bytes, chemin) -> list[list[str]]:
    chemin.write_bytes(contenu)
    texte = subprocess.run(
        ["pdftotext", "-layout", chemin, "-"], capture_output=True, check=True
    ).stdout.decode()
    debut = texte.split("Critère par critère")[1].split("Ce que nous en retenons")[0]
    rangees = re.findall(rf"((?:\s{{2,}}{VALEUR}){{4}})\s*$", debut, re.M)
    return [re.findall(VALEUR, rangee) for rangee in rangees]


def test_page_document_and_json_say_the_same_numbers(trio, client_de, tmp_path):
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    _conclure(passage)
    page = f"{page_de(projet)}{passage.uuid}/"
    client = client_de(patient)
    de_la_page = _de_la_page(client.get(page).content.decode())
    du_json = _du_json(client.get(f"{page}resultats.json").json())
    demande = demander("deux_voix", {"passage": str(passage.uuid)}, patient)
    assert demande.prendre()
    assert fabriquer(demande)
    demande.refresh_from_db()
    du_pdf = _du_pdf(demande.chemin.read_bytes(), tmp_path / "b.pdf")
    assert de_la_page == du_json == du_pdf
    assert du_json[0] == ["4", "0", "4", "2"]
    assert du_json[3] == ["sans objet", "2", "–", "2"]
    assert len(du_json) == 11


# --- Joint values --------------------------------------------------------------------------------
def _lignes(**change) -> dict[int, dict]:
    lignes = {n: {"code": "2", "phrase": "Vu ensemble.", "action": ""} for n in range(1, 12)}
    for n in (1, 2):
        lignes[n]["action"] = "Se voir chaque mois."
    return lignes | change


def _de(passage, personne):
    return passage.projet.participations.get(personne=personne)


def _conclure(passage) -> None:
    """One of each side says that the joint answers are final."""
    for moi in passage.projet.participations.all():
        passage = conclusions.accorder(passage, moi, passage.version, _lignes())
    assert passage.etat == "termine"


@pytest.mark.parametrize(
    ("numero", "champ"), [(5, "code"), (5, "phrase"), (1, "action"), (2, "action")]
)
def test_a_gap_of_two_wants_an_action_and_every_value_a_sentence(trio, numero, champ):
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    lignes = _lignes()
    lignes[numero][champ] = ""
    with pytest.raises(TransitionRefusee):
        conclusions.accorder(passage, _de(passage, pro), 0, lignes)
    assert not Conclusion.objects.exists()
    assert [nom for nom, _ in conclusions.manquants(passage, lignes)] == [f"{champ}-{numero}"]


def _envoyes(lignes: dict, **autres) -> dict:
    plats = {f"{nom}-{n}": v for n, ligne in lignes.items() for nom, v in ligne.items()}
    return plats | autres


def test_conclude_in_the_page_and_be_told_what_is_missing(trio, client_de):
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    page, client = f"{page_de(projet)}{passage.uuid}/commun/", client_de(pro)
    lu = client.get(page).content.decode()
    assert lu.count('name="action-') == 2
    lignes = _lignes()
    lignes[1]["action"] = ""
    reponse = client.post(page, _envoyes(lignes, _version="0", vers="conclure"))
    assert reponse.status_code == 200
    assert "notez une action" in reponse.content.decode()
    assert "Vu ensemble." in reponse.content.decode(), "nothing typed is lost"
    assert not Conclusion.objects.exists()
    assert client.post(page, _envoyes(_lignes(), _version="0", vers="conclure")).status_code == 302


def _textes(adresse: str) -> list[str]:
    return [c.sujet for c in Courriel.objects.filter(destinataire=adresse).order_by("pk")]


def test_one_side_alone_never_concludes(trio, client_de):
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    page = f"{page_de(projet)}{passage.uuid}/commun/"
    lui, elle = client_de(pro), client_de(patient)
    dit = _envoyes(_lignes(), _version="0", vers="conclure")
    for _ in range(2):
        lu = lui.post(page, dit, follow=True).content.decode()
        assert "Votre accord est noté" in lu
        passage.refresh_from_db()
        assert passage.etat == "a_discuter"
    assert [s.split(" :")[0] for s in _textes(patient.email)].count("Votre accord est attendu") == 1

    # She changes a word: he is asked in his turn, and nothing is concluded.
    assert "est d'accord avec ces réponses" in elle.get(page).content.decode().replace("’", "'")
    autres = _lignes()
    autres[3]["phrase"] = "Dit autrement."
    elle.post(page, _envoyes(autres, _version="1", vers="conclure"))
    passage.refresh_from_db()
    assert passage.etat == "a_discuter"
    assert any(s.startswith("Votre accord est attendu") for s in _textes(pro.email))

    # His old page is told, and concludes nothing.
    assert "enregistrée ailleurs" in lui.post(page, dit).content.decode()
    passage.refresh_from_db()
    assert passage.etat == "a_discuter"
    lui.post(page, _envoyes(autres, _version="2", vers="conclure"))
    passage.refresh_from_db()
    assert passage.etat == "termine"
    for qui in (pro, patient):
        assert any(s.startswith("C’est conclu") for s in _textes(qui.email))
    lu = elle.get(f"{page_de(projet)}{passage.uuid}/").content.decode()
    assert "Se voir chaque mois." in lu
    elle.post(page, _envoyes(_lignes(), _version="2", vers="conclure"))
    assert Conclusion.objects.get(numero=3).phrase == "Dit autrement."
    with pytest.raises(TransitionRefusee):
        conclusions.enregistrer(passage, 2, _lignes())


def test_a_save_without_agreement_takes_back_that_of_other_words(trio):
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    moi, elle = _de(passage, pro), _de(passage, patient)
    passage = conclusions.accorder(passage, moi, 0, _lignes())
    autres = _lignes()
    autres[4]["code"] = "3"
    passage = conclusions.enregistrer(passage, 1, autres)
    assert passage.accord_de is None
    assert conclusions.accorder(passage, elle, 2, autres).etat == "a_discuter"


def test_who_changes_side_does_not_agree_with_themself(trio):
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    moi = _de(passage, pro)
    passage = conclusions.accorder(passage, moi, 0, _lignes())
    moi.partie_le = timezone.now()
    moi.save()
    revenu = projet.participations.create(personne=pro, nom="Paul", voix="patient")
    assert conclusions.accorder(passage, revenu, 1, _lignes()).etat == "a_discuter"
    elle = _de(passage, patient)
    assert conclusions.accorder(passage, elle, 1, _lignes()).etat == "a_discuter"


def test_without_anybody_on_the_other_side_nothing_is_concluded(trio, client_de):
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    equipe.quitter(projet, patient)
    page = f"{page_de(projet)}{passage.uuid}/commun/"
    dit = _envoyes(_lignes(), _version="0", vers="conclure")
    lu = client_de(pro).post(page, dit, follow=True).content.decode()
    assert "invitez quelqu’un" in lu
    passage.refresh_from_db()
    assert passage.etat == "a_discuter"


def test_who_saves_an_older_page_is_told_and_loses_nothing(trio, client_de):
    projet, pro, patient = trio
    passage = devoiler(projet, pro, patient)
    page = f"{page_de(projet)}{passage.uuid}/commun/"
    un, autre = _lignes(), _lignes()
    un[3]["phrase"], autre[3]["phrase"] = "La phrase de Paul.", "La phrase d’Inès."
    client_de(pro).post(page, _envoyes(un, _version="0", vers="plus-tard"))
    client = client_de(patient)
    lu = client.post(page, _envoyes(autre, _version="0", vers="plus-tard")).content.decode()
    assert "enregistrée ailleurs" in lu
    assert "La phrase de Paul." in lu
    assert "La phrase d’Inès." in lu
    assert Conclusion.objects.get(numero=3).phrase == "La phrase de Paul."
    client.post(page, _envoyes(autre, _version="1", vers="plus-tard"))
    assert Conclusion.objects.get(numero=3).phrase == "La phrase d’Inès."


# --- Over time, over all -------------------------------------------------------------------------
def test_two_dates_are_compared(trio, client_de):
    projet, pro, patient = trio
    devoiler(projet, pro, patient)
    client = client_de(patient)
    assert "D’une date à l’autre" not in client.get(page_de(projet)).content.decode()
    devoiler(projet, pro, patient, un=["4"] * 11, autre=["4"] * 11)
    lu = client.get(page_de(projet)).content.decode()
    assert "D’une date à l’autre" in lu
    assert "+4" in lu


def test_the_team_reads_means_from_five_pairs(client_de, personne):
    equipe = client_de(personne("pole@exemple.fr", Role.MODERATEUR), mfa=True)
    page = "/ressources/outils/barometre/ensemble/"
    un = ["4"] * 11
    for rang in range(5):
        assert "Moins de 5 projets" in equipe.get(page).content.decode()
        projet, pro, patient = projet_a_deux(f"Projet {rang}")
        devoiler(projet, pro, patient, un=un, autre=["1"] * 11)
    devoiler(*projet_a_deux("Exemple", exemple=True), un=["0"] * 11, autre=["0"] * 11)
    lu = equipe.get(page).content.decode()
    assert lu.count("<td>5</td><td>4,0</td><td>1,0</td><td>3,0</td>") == 11
    # A sixth pair, and a second barometer of the first project, change nothing yet.
    devoiler(*projet_a_deux("Sixième"), un=["0"] * 11, autre=["0"] * 11)
    devoiler(projet, pro, patient, un=["0"] * 11, autre=["0"] * 11)
    assert equipe.get(page).content.decode().count("<td>4,0</td>") == 11
    assert client_de(pro).get(page).status_code == 404


# --- Without an account --------------------------------------------------------------------------
def _essai() -> dict:
    plats = {}
    for rang, (a, b) in enumerate(zip(PROFESSIONNEL, PATIENT, strict=True), 1):
        plats |= {f"professionnel-{rang}": a, f"patient-{rang}": b}
    return plats


def test_tried_without_an_account_and_nothing_is_kept(client_de, tmp_path, db):

    client, page = client_de(), "/ressources/outils/barometre/"
    avant = empreintes()
    reponse = client.post(page, _essai())
    lu = reponse.content.decode()
    lignes = _de_la_page(lu)
    assert lignes[0] == ["4", "0", "4", "–"]
    document = client.post(f"{page}pdf/", _essai())
    assert document["Content-Type"] == "application/pdf"
    assert "attachment" in document["Content-Disposition"]
    assert _du_pdf(document.content, tmp_path / "e.pdf") == lignes
    feuille = client.post(f"{page}pdf/")
    assert feuille.content.startswith(b"%PDF")
    assert changees(avant) == set()


@pytest.mark.parametrize("valeur", ["5", "-1", "é\x00", "9" * 5000, "['4']"])
def test_a_trial_that_makes_no_sense_is_a_form_error(client_de, db, valeur):
    client, page = client_de(), "/ressources/outils/barometre/"
    lu = client.post(page, {"professionnel-1": valeur})
    assert lu.status_code == 200
    assert "Choisissez une des réponses proposées" in lu.content.decode()
    assert client.post(f"{page}pdf/", {"professionnel-1": valeur}).status_code == 302
    assert "au moins une réponse" in client.post(page, {}).content.decode()


def test_pages_cost_the_same_whatever_their_history(trio, client_de, sans_n_plus_1):
    projet, pro, patient = trio
    devoiler(projet, pro, patient)

    def ajouter(nombre):
        for _ in range(nombre):
            devoiler(projet, pro, patient)

    sans_n_plus_1(client_de(pro), page_de(projet), ajouter)


def test_the_facts_of_the_barometer_are_in_the_repository():
    from ressources.deux_voix.outils import CRITERES_DU_BAROMETRE

    with CRITERES_DU_BAROMETRE.open(encoding="utf-8") as fichier:
        assert [li["critere"] for li in csv.DictReader(fichier)] == [
            c.texte for c in BAROMETRE.criteres
        ]
    assert "Savoirs Patients" in BAROMETRE.source
