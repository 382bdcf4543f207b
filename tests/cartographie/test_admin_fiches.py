"""Moderation in the admin: what is shown, what may be decided, and by whom."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cartographie.models import Fiche
from tests.cartographie.conftest import REMARQUE

pytestmark = pytest.mark.django_db
LISTE = "/administration/cartographie/fiche/"


@pytest.fixture
def moderation(client_de, marc):
    return client_de(marc, mfa=True)


def page(fiche):
    return reverse("admin:cartographie_fiche_change", args=[fiche.pk])


def decider(fiche, transition):
    return reverse("admin:cartographie_fiche_decider", args=[fiche.pk, transition])


def test_the_queue_shows_what_waits_the_oldest_first_with_its_age(moderation, fiche):
    recente, ancienne = fiche("soumise", titre="Récente"), fiche("soumise", titre="Ancienne")
    fiche("publiee", titre="Déjà là")
    Fiche.objects.filter(pk=ancienne.pk).update(etat_depuis=timezone.now() - timedelta(days=3))
    html = moderation.get(LISTE).content.decode()
    assert html.index("Ancienne") < html.index("Récente")
    assert "3 jours" in html
    assert "aujourd’hui" in html
    assert "Déjà là" not in html
    assert "Déjà là" in moderation.get(f"{LISTE}?etat=publiee").content.decode()
    assert recente.etat == "soumise"


def test_drafts_stay_with_their_authors(moderation, fiche):
    """A draft is read by the moderators only once sent; an imported one has no author."""
    brouillon = fiche(titre="Pas encore prête")
    orpheline = Fiche.objects.create(titre="Importée")
    html = moderation.get(f"{LISTE}?etat=toutes").content.decode()
    assert "Pas encore prête" not in html
    assert "Importée" in html
    assert moderation.get(page(brouillon)).status_code == 404
    assert moderation.get(page(orpheline)).status_code == 200


def test_the_queue_costs_the_same_for_three_and_for_thirty(sans_n_plus_1, moderation, fiche):
    sans_n_plus_1(moderation, LISTE, lambda n: [fiche("soumise") for _ in range(n)])


def test_the_fiche_is_shown_as_its_reader_will_see_it(moderation, fiche):
    une = fiche("soumise", contact_courriel="contact@exemple.fr")
    html = moderation.get(page(une)).content.decode()
    assert "Café des pairs" in html
    assert "Pair-aidance" in html
    assert "contact@exemple.fr" in html, "moderators see the contact"
    for transition in ("publier", "demander_complements", "refuser"):
        assert decider(une, transition) in html
    assert decider(une, "archiver") not in html


def test_publishing_asks_to_confirm_then_tells(moderation, marc, fiche):
    une = fiche("soumise")
    html = moderation.get(decider(une, "publier")).content.decode()
    assert "Publier la fiche" in html
    une.refresh_from_db()
    assert une.etat == "soumise", "reading is not deciding"
    reponse = moderation.post(decider(une, "publier"), {"confirmation": "True"}, follow=True)
    une.refresh_from_db()
    assert une.etat == "publiee"
    assert "publiée" in reponse.content.decode()
    histoire = moderation.get(page(une)).content.decode()
    assert re.search(r"<td>Marc</td>\s*<td>Publier la fiche</td>", histoire)


def test_remarks_go_to_their_fields(moderation, fiche):
    une = fiche("soumise", resume="Un résumé à préciser. " * 20)
    url = decider(une, "demander_complements")
    html = moderation.get(url).content.decode()
    assert "Un résumé à préciser." in html
    vide = moderation.post(url, {"genre_titre": ""})
    assert "au moins une remarque" in vide.content.decode()
    sans_texte = moderation.post(url, {"genre_titre": "incorrect"})
    assert "ce que vous attendez" in sans_texte.content.decode()
    moderation.post(
        url,
        {
            "genre_resume": "a_actualiser",
            "texte_resume": "Les chiffres datent.",
            "texte_": "Merci pour ce travail.",
            "texte_liens": "Le deuxième lien ne répond plus.",
        },
    )
    une.refresh_from_db()
    assert une.etat == "a_completer"
    assert sorted((r.champ, r.genre, r.texte) for r in une.remarques.all()) == [
        ("", "incomplet", "Merci pour ce travail."),
        ("liens", "incomplet", "Le deuxième lien ne répond plus."),
        ("resume", "a_actualiser", "Les chiffres datent."),
    ]


@pytest.mark.parametrize(
    ("depart", "transition", "arrivee"),
    [("soumise", "refuser", "refusee"), ("publiee", "archiver", "archivee")],
)
def test_a_reason_is_asked(depart, transition, arrivee, moderation, fiche):
    une = fiche(depart)
    reponse = moderation.post(decider(une, transition), {"motif": "  "})
    assert "Dites pourquoi" in reponse.content.decode()
    moderation.post(decider(une, transition), {"motif": "Doublon d’une autre fiche."})
    une.refresh_from_db()
    assert (une.etat, une.motif) == (arrivee, "Doublon d’une autre fiche.")


def test_the_second_moderator_is_told(moderation, fiche, personne, client_de):
    """Both read the page; one decides; the other learns it and nothing moves twice."""
    une = fiche("soumise")
    paul = client_de(personne("paul@exemple.fr", "moderateur"), mfa=True)
    assert paul.get(decider(une, "refuser")).status_code == 200
    moderation.post(decider(une, "publier"), {"confirmation": "True"})
    reponse = paul.post(decider(une, "refuser"), {"motif": "Non."}, follow=True)
    assert "l’état est « publiée »" in reponse.content.decode()
    une.refresh_from_db()
    assert une.etat == "publiee"


def test_a_moderator_does_not_publish_their_own(moderation, marc, fiche):
    une = fiche("soumise", auteurs=[marc])
    html = moderation.get(page(une)).content.decode()
    assert decider(une, "publier") not in html
    assert "une autre personne" in html
    moderation.post(decider(une, "publier"), {"confirmation": "True"})
    une.refresh_from_db()
    assert une.etat == "soumise"


def test_a_published_revision_leads_back_to_the_original(moderation, claire, fiche):
    une = fiche("publiee")
    revision = une.ouvrir_revision(claire)
    revision.titre = "Deuxième année"
    revision.save()
    revision.soumettre(claire)
    assert "mise à jour de" in moderation.get(page(revision)).content.decode()
    moderation.post(decider(revision, "publier"), {"confirmation": "True"})
    assert Fiche.objects.get().titre == "Deuxième année"
    assert "Deuxième année" in moderation.get(page(une)).content.decode()


def test_no_raw_editing(moderation, fiche):
    une = fiche("soumise")
    html = moderation.get(page(une)).content.decode()
    assert 'name="titre"' not in html
    moderation.post(page(une), {"titre": "Changé", "etat": "publiee", "_save": "1"})
    une.refresh_from_db()
    assert (une.titre, une.etat) == ("Café des pairs en néphrologie", "soumise")
    for suite in ("add/", f"{une.pk}/delete/"):
        assert moderation.get(LISTE + suite).status_code == 403


@pytest.mark.parametrize("role", ["membre", "relecteur_ars", "referent_territorial"])
def test_others_stay_outside(role, personne, client_de, fiche):
    une = fiche("soumise")
    client = client_de(personne("autre@exemple.fr", role), mfa=role == "relecteur_ars")
    for url in (LISTE, page(une), decider(une, "publier"), f"{LISTE}export/", f"{LISTE}import/"):
        assert client.get(url).status_code in (302, 403, 404), url
    client.post(decider(une, "publier"), {"confirmation": "True"})
    une.refresh_from_db()
    assert une.etat == "soumise"


@pytest.mark.parametrize("transition", ["x", "soumettre", "supprimer_brouillon", "ouvrir_revision"])
def test_only_moderation_is_decided_here(transition, moderation, fiche):
    une = fiche("soumise")
    assert moderation.post(decider(une, transition)).status_code in (302, 404)
    une.refresh_from_db()
    assert une.etat == "soumise"


def test_remarks_already_answered_stay_in_the_history(moderation, claire, fiche):
    une = fiche("soumise")
    une.demander_complements(None, [REMARQUE])
    une.soumettre(claire)
    html = moderation.get(page(une)).content.decode()
    assert "Dites depuis quand." in html
    assert "traitée le" in html
