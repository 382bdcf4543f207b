"""Stories: nobody reads what is not published, nobody is named without having agreed."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.moderation import TransitionRefusee
from ressources.models import Parole, PersonneCitee, Ressource
from ressources.paroles import accords
from ressources.paroles.masquer import Citee
from ressources.paroles.noms import non_declares
from tests import fabriques

NOM = "Hildegarde Perlimpin"
FORMES = (
    NOM, "hildegarde perlimpin", "HILDEGARDE", "Perlimpin", "Hïldegarde", "Hilde\u00adgarde",
    "Hildegarde-Perlimpin", "Hildegarde\u00a0Perlimpin", "Hilde\u200bgarde",
    "Hildegarde  de Perlimpin",
)  # fmt: skip
LISTE = "/ressources/paroles/"


def parole(auteur, **champs) -> Parole:
    valeurs = {
        "titre": f"Ce que {NOM} a changé",
        "quoi": "Avec " + ", puis ".join(FORMES) + ".",
        "avec_qui": f"{NOM}, une équipe.",
        "change": f"Hildegarde a relu la lettre girafe. {NOM} aussi.",
        "referions": "Tout, avec perlimpin.",
        "signature": "Un binôme",
        "raconte": "patient",
        "departements": ["75"],
    }
    return Parole.objects.create(auteur=auteur, **(valeurs | champs))


def citer(une, accord="sans", **champs) -> PersonneCitee:
    valeurs = {"nom": NOM, "nommee_comme": "Madame H.", "courriel": "h@exemple.fr"}
    return une.citees.create(accord=accord, **(valeurs | champs))


def publiee(auteur, accord="sans") -> Parole:
    une = parole(auteur)
    citer(une, accord)
    une.soumettre(auteur)
    une.publier(None)
    return une


def tout_ce_que_tous_lisent(client, une) -> str:
    """Every public place where a story is: its page, the list, its formats, the search."""
    adresses = [une.get_absolute_url(), LISTE, f"{LISTE}?q=girafe", "/recherche/?q=girafe"]
    adresses += [f"{LISTE}paroles.{ext}" for ext in ("csv", "json", "geojson", "atom")]
    lus = []
    for adresse in adresses:
        reponse = client.get(adresse)
        corps = b"".join(reponse) if reponse.streaming else reponse.content
        lus.append(corps.decode())
    return "\n".join(lus)


def nomme(texte: str) -> bool:
    return bool(re.search("h[iï]lde|perlimpin", texte, re.IGNORECASE))


def test_who_has_not_agreed_is_named_nowhere(personne, client_de):
    une = publiee(personne())
    lu = tout_ce_que_tous_lisent(client_de(), une)
    assert "girafe" in lu
    assert not nomme(lu)
    assert "Ce qu’une personne a changé" in lu
    for mot in ("Hildegarde", "perlimpin", "Hildegarde Perlimpin"):
        assert client_de().get(LISTE, {"q": mot}).context["total"] == 0, mot


def test_who_has_agreed_is_named_as_agreed_only(personne, client_de):
    une = publiee(personne(), "atteste")
    lu = tout_ce_que_tous_lisent(client_de(), une)
    assert "Madame H." in lu
    assert not nomme(lu)


@pytest.mark.parametrize("etat", ["brouillon", "proposee", "a_revoir", "refusee", "retiree"])
def test_a_story_that_is_not_published_is_not_there(personne, client_de, etat):
    auteur, autre = personne("a@exemple.fr"), personne("b@exemple.fr")
    une = parole(auteur, etat=etat, titre="Récit ocarina")
    for client in (client_de(), client_de(autre)):
        assert client.get(une.get_absolute_url()).status_code == 404
        assert "ocarina" not in client.get(LISTE).content.decode()
        assert client.get(LISTE, {"q": "ocarina"}).context["total"] == 0
        assert b"ocarina" not in client.get(f"{LISTE}paroles.json").content
    assert client_de(auteur).get(une.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "suite", ["modifier", "citer", "envoyer", "reprendre", "retirer", "supprimer"]
)
def test_nobody_touches_the_story_of_another(personne, client_de, suite):
    une = publiee(personne("a@exemple.fr"))
    client = client_de(personne("b@exemple.fr"))
    assert client.post(f"{une.get_absolute_url()}{suite}/").status_code == 404
    une.refresh_from_db()
    assert une.etat == "publiee"


def test_its_author_withdraws_it_at_once(personne, client_de):
    auteur = personne()
    une = publiee(auteur)
    client_de(auteur).post(f"{une.get_absolute_url()}retirer/")
    une.refresh_from_db()
    assert (une.etat, une.publie) == ("retiree", {})
    assert client_de().get(une.get_absolute_url()).status_code == 404
    assert client_de().get(LISTE).context["total"] == 0
    client_de(auteur).post(f"{une.get_absolute_url()}supprimer/")
    assert not Parole.objects.exists()


def test_a_story_is_erased_only_from_the_page_that_asks(personne, client_de):
    auteur = personne()
    client, une = client_de(auteur), parole(auteur)
    page, demande = une.get_absolute_url(), f"{une.get_absolute_url()}supprimer/"
    lu = client.get(page).content.decode()
    assert f'href="{demande}"' in lu and f'action="{demande}"' not in lu
    assert "sans retour" in client.get(demande).content.decode() and Parole.objects.exists()
    assert client_de(personne("b@exemple.fr")).get(demande).status_code == 404
    client.post(demande)
    assert not Parole.objects.exists()
    vue = publiee(auteur)
    assert client.get(f"{vue.get_absolute_url()}supprimer/").status_code == 302


def test_a_person_agrees_by_mail_then_changes_her_mind(personne, client_de):
    une = publiee(personne(), "demande")
    [citee] = une.citees.all()
    courriel = Courriel.objects.get(destinataire="h@exemple.fr")
    page = re.search(r"/ressources/paroles/accord/\S+", courriel.texte).group()
    visiteur = client_de()
    lue = visiteur.get(page).context["citee"].marque
    assert visiteur.post(page, {"reponse": "oui", "lue": lue}).status_code == 302
    assert "Madame H." in tout_ce_que_tous_lisent(client_de(), une)
    visiteur.post(page, {"reponse": "non"})
    lu = tout_ce_que_tous_lisent(client_de(), une)
    assert "Madame H." not in lu
    assert not nomme(lu)
    citee.refresh_from_db()
    assert citee.accord == "refuse"


def test_an_agreement_is_about_the_words_that_were_read(personne):
    auteur = personne()
    une = publiee(auteur, "demande")
    citee = une.citees.select_related("parole").get()
    accords.repondre(citee, "oui", citee.marque)
    une.refresh_from_db()
    une.retirer(auteur)
    une.reprendre(auteur)
    Parole.objects.filter(pk=une.pk).update(quoi=f"{NOM} a volé des rideaux.")
    une.refresh_from_db()
    with pytest.raises(TransitionRefusee):
        accords.repondre(citee, "oui", citee.marque)  # of the former words
    une.soumettre(auteur)
    assert Courriel.objects.filter(destinataire="h@exemple.fr").count() == 2
    une.publier(None)
    assert "Madame H." not in str(une.publie)
    assert not nomme(str(une.publie))


def test_who_refused_is_neither_renamed_nor_forgotten(personne, client_de):
    auteur = personne()
    une = parole(auteur)
    citee, client = citer(une, "refuse"), client_de(auteur)
    page = f"{une.get_absolute_url()}citer/"
    saisie = {"nom": "Autre", "nommee_comme": "Autre", "accord": "atteste"}
    assert client.post(f"{page}{citee.uuid}/", saisie).status_code == 302
    assert client.post(f"{page}{citee.uuid}/oter/").status_code == 302
    reponse = client.post(page, saisie | {"courriel": "H@exemple.fr"})
    assert reponse.status_code == 422
    assert list(une.citees.values_list("nom", "accord")) == [(NOM, "refuse")]


def test_two_people_of_one_first_name_are_named_only_if_both_agree(personne):
    une = parole(personne(), quoi="Marie parle. Marie Dupont écoute. Marie Durand rit.")
    citer(une, "atteste", nom="Marie Dupont", nommee_comme="Marie D.")
    citer(une, "sans", nom="Marie Durand", nommee_comme="Marie")
    assert une.copie()["quoi"] == "Une personne parle. Marie D. écoute. Une personne rit."


@pytest.mark.parametrize(
    ("texte", "trouves"),
    [
        ("Avec Mme Perlimpin et le docteur Jean de Latour.",
         ["Mme Perlimpin", "docteur Jean de Latour"]),
        ("M. d’Ormesson et Mme de la Tour.", ["M. d’Ormesson", "Mme de la Tour"]),
        ("Le Dr. Éloi, M. Petit, M. Petit encore.", ["Dr. Éloi", "M. Petit"]),
        ("Pr\u00a0Le Goff a relu.", ["Pr Le Goff"]),
        ("Une cadre, un docteur en santé publique, madame la directrice.", []),
        ("Madame Perlimpin et Mme Hildegarde, déclarées.", ["Madame Perlimpin", "Mme Hildegarde"]),
    ],
)  # fmt: skip
def test_a_name_after_a_title_is_found_unless_declared(texte, trouves):
    assert non_declares([texte], []) == trouves
    connus = [Citee(nom, "", False) for nom in ("Hildegarde PERLIMPIN", "Jean de Latour")]
    inconnus = [t for t in trouves if not re.search("Perlimpin|Hildegarde|Latour", t)]
    assert non_declares([texte], connus) == inconnus


def test_an_undeclared_name_is_warned_of_before_the_story_is_sent(personne, client_de):
    auteur = personne()
    une = parole(auteur, avec_qui="Mme Perlimpin et le Dr Anselme.")
    citer(une)
    page, client = une.get_absolute_url(), client_de(auteur)
    lu = client.get(page).content.decode()
    assert "reste écrit tel quel" in lu and "reste écrit tel quel" in client.get(
        f"{page}citer/"
    ).content.decode()  # fmt: skip
    avertit = lu[lu.index("peuvent rester écrits") :][:60]
    assert "Dr" in avertit and "Anselme" in avertit and not nomme(avertit)
    dit = client.post(f"{page}envoyer/", {"accords": "on"}, follow=True).content.decode()
    une.refresh_from_db()
    assert une.etat == "brouillon" and "sans être déclaré" in dit
    client.post(f"{page}envoyer/", {"accords": "on", "noms": "on"})
    une.refresh_from_db()
    assert une.etat == "proposee"


@pytest.fixture
def fiche(personne):
    return fabriques.fiche(personne("carte@exemple.fr"), "publiee")


def ecrire(client, page, **champs):
    valeurs = {"titre": "Récit neuf", "quoi": "Nous avons relu.", "version": "0"}
    return client.post(page, valeurs | champs)


def test_from_the_draft_to_the_list_and_the_fiche(personne, client_de, fiche):
    auteur, equipe = personne(), client_de(personne("pole@exemple.fr", Role.MODERATEUR), mfa=True)
    client = client_de(auteur)
    page = f"{LISTE}ecrire/"
    assert client.get(page, {"fiche": fiche.slug}).status_code == 200
    reponse = ecrire(client, page, lien_fiche=f"https://hub/cartographie/{fiche.slug}/")
    une = Parole.objects.get()
    assert (reponse.status_code, une.etat, une.fiche) == (302, "brouillon", fiche)
    assert "Il manque" in client.get(une.get_absolute_url()).content.decode()
    reste = {"avec_qui": "Une équipe.", "change": "Plus court.", "referions": "Tout.",
             "raconte": "patient"}  # fmt: skip
    suite = f"{une.get_absolute_url()}modifier/"
    adresse = client.get(suite).context["form"]["lien_fiche"].value()
    ecrire(client, suite, lien_fiche=adresse, **reste)
    sans_relire = client.post(f"{une.get_absolute_url()}envoyer/")
    une.refresh_from_db()
    assert (sans_relire.status_code, une.etat) == (302, "brouillon")
    client.post(f"{une.get_absolute_url()}envoyer/", {"accords": "on"})
    admin = f"/administration/ressources/parole/{une.pk}"
    assert equipe.get(f"{admin}/change/").status_code == 200
    assert equipe.post(f"{admin}/decider/faire_revoir/", {"motif": "Qui a relu"}).status_code == 302
    assert "Qui a relu" in client.get(une.get_absolute_url()).content.decode()
    client.post(f"{une.get_absolute_url()}envoyer/", {"accords": "on"})
    assert equipe.post(f"{admin}/decider/publier/").status_code == 302
    assert client_de().get(LISTE, {"departement": "75", "qui": "patient"}).context["total"] == 0
    assert client_de().get(LISTE, {"qui": "patient"}).context["total"] == 1
    sa_page = reverse("cartographie:fiche", args=[fiche.slug])
    assert "Récit neuf" in client_de().get(sa_page).content.decode()
    sujets = Courriel.objects.filter(destinataire=auteur.email).values_list("sujet", flat=True)
    assert len(sujets) == 2


def test_told_of_a_resource_and_read_on_its_page_once_published(personne, client_de):
    auteur, ressource = personne(), Ressource.objects.publiees().order_by("pk").first()
    client, page = client_de(auteur), f"{LISTE}ecrire/"
    adresse = client.get(page, {"ressource": ressource.slug}).context["form"]["lien_ressource"]
    assert ressource.get_absolute_url() in adresse.value()
    ecrire(client, page, titre="Nous l’avons suivie", lien_ressource=adresse.value())
    une = Parole.objects.get()
    assert une.ressource == ressource
    lue = client_de().get(ressource.get_absolute_url()).content.decode()
    assert "Nous l’avons suivie" not in lue and "Personne n'a encore raconté" in lue.replace(
        "’", "'"
    )
    publie = {"titre": "Nous l’avons suivie", "change": "Tout.", "signature": ""}
    Parole.objects.update(etat="publiee", publiee_le=timezone.now(), publie=publie)
    assert "Nous l’avons suivie" in client_de().get(ressource.get_absolute_url()).content.decode()
    assert str(ressource) in client_de().get(une.get_absolute_url()).content.decode()
    Ressource.objects.filter(pk=ressource.pk).update(etat="archivee")
    assert ressource.get_absolute_url() not in client.get(une.get_absolute_url()).content.decode()


def test_an_older_page_does_not_overwrite(personne, client_de):
    auteur = personne()
    une, client = parole(auteur), client_de(auteur)
    page = f"{une.get_absolute_url()}modifier/"
    assert ecrire(client, page, quoi="Premier.").status_code == 302
    reponse = ecrire(client, page, quoi="Second.")
    assert reponse.status_code == 422
    assert "Second." in reponse.content.decode()
    une.refresh_from_db()
    assert une.quoi == "Premier."


def test_a_moderator_does_not_publish_her_own_story(personne):
    pole = personne("pole@exemple.fr", Role.MODERATEUR)
    une = parole(pole)
    une.soumettre(pole)
    with pytest.raises(TransitionRefusee):
        une.publier(pole)


def test_the_list_costs_the_same_for_3_or_30_stories(personne, client, sans_n_plus_1):
    auteur = personne()

    def ajouter(nombre):
        for rang in range(nombre):
            une = parole(auteur, titre=f"Récit {rang}")
            une.soumettre(auteur)
            une.publier(None)

    sans_n_plus_1(client, LISTE, ajouter)


def test_a_story_of_another_person_is_not_reached_through_mine(personne, client_de):
    """Somebody quoted in one story cannot be changed through the address of another."""
    claire, marc = personne("a@exemple.fr"), personne("b@exemple.fr")
    citee, mienne = citer(parole(claire)), parole(marc)
    page = f"{mienne.get_absolute_url()}citer/{citee.uuid}/"
    assert client_de(marc).get(page).status_code == 404
    assert client_de(marc).post(f"{page}oter/").status_code == 404
    assert PersonneCitee.objects.count() == 1


@pytest.mark.parametrize(
    "champs",
    [
        {"titre": "a" * 200},
        {"quoi": "a" * 2000},
        {"raconte": "roi"},
        {"domaines": ["rien"]},
        {"lien_fiche": "https://ailleurs.fr/"},
        {"lien_ressource": "https://ailleurs.fr/"},
        {"quoi": "a\x00b"},
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(personne, client_de, champs):
    reponse = ecrire(client_de(personne()), f"{LISTE}ecrire/", referions="Tout garder", **champs)
    assert reponse.status_code == 422
    assert "Tout garder" in reponse.content.decode()
    assert not Parole.objects.exists()
