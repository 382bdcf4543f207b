"""What waits for the team is told where they arrive, to those who may open it alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultation.models import Remarque
from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.documents import DemandeDocument
from hubpartenariat.socle.files import _FILES, a_traiter
from hubpartenariat.socle.rapports import Portee, rapports
from hubpartenariat.syntheses.models import Edition
from ressources.models import Ressource
from tests import fabriques

pytestmark = pytest.mark.django_db
ACCUEIL = "/administration/"


def test_every_queue_opens_on_what_it_counts(personne, client_de):
    pole = personne("pole@exemple.fr", Role.ADMINISTRATEUR)
    client = client_de(pole, mfa=True)
    DemandeDocument.objects.create(genre="fiche", etat="echec", termine_le=timezone.now())
    DemandeDocument.objects.create(
        genre="fiche", etat="echec", termine_le=timezone.now() - timedelta(days=30)
    )
    Edition.preparer(rapports()["cartographie"], Portee("region", timezone.localdate()))
    assert {une.adresse for une in _FILES} >= {"admin:cartographie_fiche_changelist"}
    for une in _FILES:
        adresse = reverse(une.adresse) + (f"?{une.filtre}" if une.filtre else "")
        reponse = client.get(adresse)
        assert reponse.status_code == 200, une.adresse
        liste = reponse.context.get("cl")
        montres = liste.queryset.count() if liste else len(reponse.context["brouillons"])
        assert montres == une.compter(), une.plusieurs


def test_told_in_the_administration_and_in_the_space_of_the_team(personne, client_de):
    auteur = personne("auteur@exemple.fr")
    for _ in range(3):
        fabriques.fiche(auteur, "soumise")
    client = client_de(personne("pole@exemple.fr", Role.MODERATEUR), mfa=True)
    for page in (ACCUEIL, "/mon-espace/"):
        lu = client.get(page).content.decode().replace("\xa0", " ")
        assert "3 fiches à relire" in lu
    membre = client_de(personne("membre@exemple.fr"))
    assert "à relire" not in membre.get("/mon-espace/").content.decode()


def test_nothing_waits(personne, client_de):
    client = client_de(personne("pole@exemple.fr", Role.MODERATEUR), mfa=True)
    assert "Rien n’attend." in client.get(ACCUEIL).content.decode()


def test_a_queue_that_one_may_not_open_is_not_counted(personne):
    une = Ressource.objects.publiees().first()
    Ressource.objects.filter(pk=une.pk).update(etat="proposee", slug=None)
    assert a_traiter(personne("membre@exemple.fr")) == []
    lignes = a_traiter(personne("pole@exemple.fr", Role.MODERATEUR))
    assert [ligne["texte"] for ligne in lignes] == ["1 ressource proposée"]
    assert not Remarque.objects.exists()
