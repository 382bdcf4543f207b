"""Messages of a mise en relation: between its two sides, without addresses, closed by either."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from annuaire import messagerie
from annuaire.models import Message
from hubpartenariat.comptes.consentements import Finalite, retirer
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.journal import EntreeJournal
from hubpartenariat.socle.moderation import TransitionRefusee
from tests.annuaire import suites
from tests.annuaire.gens import secrets_de

pytestmark = pytest.mark.django_db
TEXTE = "Bonjour, quand commencez-vous ?"


@pytest.fixture
def monde():
    return suites.relation()


def page_de(relation, nom="messages"):
    return reverse(f"annuaire:{nom}", args=[relation.uuid])


def ecrire(client, relation, texte=TEXTE):
    return client.post(page_de(relation), {"texte": texte})


def test_both_sides_write_and_read(monde, client_de):
    patient, equipe = client_de(monde.patient), client_de(monde.collegue)
    assert ecrire(patient, monde.relation).status_code == 302
    assert "Bonjour, quand commencez-vous" in equipe.get(page_de(monde.relation)).content.decode()
    ecrire(equipe, monde.relation, "En janvier.")
    lu = patient.get(page_de(monde.relation)).content.decode()
    assert "En janvier." in lu
    assert "L’équipe" in lu
    assert monde.collegue.nom not in lu


def test_before_agreement_nobody_is_named(monde, client_de):
    ecrire(client_de(monde.patient), monde.relation)
    lu = client_de(monde.equipe).get(page_de(monde.relation)).content.decode()
    assert monde.profil.pseudonyme in lu
    for secret in secrets_de(monde.profil):
        assert secret not in lu


@pytest.mark.parametrize("nom", ["messages", "fermer_messages"])
def test_strangers_get_a_404(nom, monde, client_de):
    ecrire(client_de(monde.patient), monde.relation)
    for qui, personne in monde.etrangers.items():
        client = client_de(personne)
        assert client.get(page_de(monde.relation, nom)).status_code == 404, qui
        assert client.post(page_de(monde.relation, nom), {"texte": TEXTE}).status_code == 404, qui
    assert Message.objects.count() == 1


def test_an_anonymised_relation_is_gone_for_both(monde, client_de):
    type(monde.relation).objects.update(anonymise_le=timezone.now())
    for personne in (monde.patient, monde.equipe):
        assert client_de(personne).get(page_de(monde.relation)).status_code == 404


@pytest.mark.parametrize(
    "texte", ["Appelez-moi au 06 12 34 56 78", "moi@exemple.fr", "wa.me/33612345678"]
)
def test_contact_details_are_refused_and_the_text_kept(texte, monde, client_de):
    reponse = ecrire(client_de(monde.patient), monde.relation, texte)
    assert reponse.status_code == 200
    assert "qu’après l’accord" in reponse.content.decode()
    assert reponse.context["form"]["texte"].value() == texte
    assert not Message.objects.exists()


def test_a_number_given_in_pieces_is_refused(monde):
    messagerie.ecrire(monde.relation, monde.patient, "D’abord : 06 12")
    messagerie.ecrire(monde.relation, monde.equipe, "Oui ?")
    with pytest.raises(TransitionRefusee, match="coordonnées"):
        messagerie.ecrire(monde.relation, monde.patient, "34 56 78")


def test_after_agreement_contact_details_pass():
    monde = suites.mission()
    messagerie.ecrire(monde.relation, monde.patient, "Appelez-moi au 06 12 34 56 78")
    assert Message.objects.count() == 1


def test_the_mail_holds_neither_content_nor_name(monde):
    for auteur, lecteurs in (
        (monde.patient, [monde.equipe, monde.collegue]),
        (monde.equipe, [monde.patient]),
    ):
        avant = {une: Courriel.objects.filter(destinataire=une.email).count() for une in lecteurs}
        messagerie.ecrire(monde.relation, auteur, "ContenuTrèsPrivé")
        for lecteur in lecteurs:
            lettre = suites.lettres(lecteur, avant[lecteur])
            assert page_de(monde.relation) in lettre
            interdits = [*secrets_de(monde.profil), monde.equipe.nom, "dialyse", "ContenuTrès"]
            interdits += [monde.profil.pseudonyme, "Tilleuls"]
            interdits = [mot for mot in interdits if mot not in (lecteur.nom, lecteur.email)]
            assert not [mot for mot in interdits if mot in lettre]
    assert not Courriel.objects.filter(destinataire__in=[
        personne.email for personne in monde.etrangers.values()
    ], sujet__startswith="Un message").exists()  # fmt: skip


def test_one_mail_until_it_is_read(monde, client_de):
    def nombre():
        return Courriel.objects.filter(
            destinataire=monde.equipe.email, sujet="Un message vous attend"
        ).count()

    for _ in range(3):
        messagerie.ecrire(monde.relation, monde.patient, TEXTE)
    assert nombre() == 1
    client_de(monde.equipe).get(page_de(monde.relation))
    messagerie.ecrire(monde.relation, monde.patient, TEXTE)
    assert nombre() == 2


def test_a_patient_who_wants_no_mail_gets_none(monde):
    retirer(monde.patient, Finalite.CONTACT)
    avant = Courriel.objects.filter(destinataire=monde.patient.email).count()
    messagerie.ecrire(monde.relation, monde.equipe, TEXTE)
    assert Courriel.objects.filter(destinataire=monde.patient.email).count() == avant


def test_either_side_closes_and_the_other_learns_nothing_more(monde, client_de):
    patient, equipe = client_de(monde.patient), client_de(monde.equipe)
    assert "seulement" in patient.get(page_de(monde.relation, "fermer_messages")).content.decode()
    monde.relation.refresh_from_db()
    assert monde.relation.messages_fermes_par == "", "asking to close closes nothing"
    patient.post(page_de(monde.relation, "fermer_messages"))
    lu = equipe.get(page_de(monde.relation)).content.decode()
    assert "Les messages sont fermés." in lu
    assert "Rouvrir" not in lu
    assert "Votre côté" not in lu
    assert not equipe.get(page_de(monde.relation)).context["peut_rouvrir"]
    assert ecrire(equipe, monde.relation).status_code == 200
    assert ecrire(patient, monde.relation).status_code == 200
    equipe.post(page_de(monde.relation, "rouvrir_messages"))
    assert not Message.objects.exists()
    monde.relation.refresh_from_db()
    assert monde.relation.messages_fermes_par == "patient"
    patient.post(page_de(monde.relation, "rouvrir_messages"))
    assert ecrire(equipe, monde.relation).status_code == 302


def test_the_journal_names_no_patient_and_no_text(monde):
    messagerie.ecrire(monde.relation, monde.patient, "ContenuTrèsPrivé")
    messagerie.fermer(monde.relation, monde.patient)
    entree = EntreeJournal.objects.get(action="fermer_messages")
    assert (entree.qui, entree.detail) == (None, {"cote": "patient"})
    assert not EntreeJournal.objects.filter(qui=monde.patient).exists()


def test_nothing_is_written_once_it_is_over(monde, client_de):
    messagerie.ecrire(monde.relation, monde.patient, TEXTE)
    monde.relation.decliner(monde.equipe, "RaisonPrivée")
    client = client_de(monde.patient)
    assert "RaisonPrivée" not in client.get(page_de(monde.relation)).content.decode()
    ecrire(client, monde.relation, "Pourquoi ?")
    assert Message.objects.count() == 1


def test_so_many_messages_per_person_and_day(monde, monkeypatch):
    monkeypatch.setattr(messagerie, "PAR_JOUR", 3)
    for _ in range(3):
        messagerie.ecrire(monde.relation, monde.patient, TEXTE)
    with pytest.raises(TransitionRefusee, match="Revenez demain"):
        messagerie.ecrire(monde.relation, monde.patient, TEXTE)
    messagerie.ecrire(monde.relation, monde.equipe, TEXTE)
    Message.objects.update(envoye_le=timezone.now() - timedelta(hours=25))
    messagerie.ecrire(monde.relation, monde.patient, TEXTE)


def test_an_offre_too_has_its_messages(client_de, personne):
    relation, patient, equipe = suites.reponse_a_une_offre()
    assert ecrire(client_de(patient), relation).status_code == 302
    assert ecrire(client_de(equipe), relation).status_code == 302
    assert client_de(personne()).get(page_de(relation)).status_code == 404


def test_text_is_escaped(monde, client_de):
    messagerie.ecrire(monde.relation, monde.patient, "<script>alert(1)</script>\x00")
    assert "<script>alert" not in client_de(monde.equipe).get(
        page_de(monde.relation)
    ).content.decode()  # fmt: skip


def test_a_long_thread_costs_no_more(monde, client_de, sans_n_plus_1):
    def ajouter(nombre):
        Message.objects.bulk_create(
            Message(relation=monde.relation, cote="patient", auteur=monde.patient, texte=TEXTE)
            for _ in range(nombre)
        )

    sans_n_plus_1(client_de(monde.equipe), page_de(monde.relation), ajouter)
