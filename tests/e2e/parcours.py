"""From a new account to the map: the main job of the hub, told once, played with and without
JavaScript. Each step says what the person reads before going on.
"""

import uuid

from cartographie.models import Fiche
from tests import fabriques
from tests.e2e.personnage import Personnage, code_recu

MOT_DE_PASSE = "quatre mots pour un essai"
TITRE = "Jardin partagé des greffés"


def s_inscrire(elle: Personnage, courriel: str):
    elle.aller("/cartographie/nouvelle/")
    assert elle.chemin.startswith("/comptes/")
    elle.suivre("Créer un compte")
    elle.ecrire("Adresse e-mail", courriel)
    elle.ecrire("Mot de passe", MOT_DE_PASSE)
    elle.appuyer("Créer mon compte")
    elle.ecrire("Code", code_recu(courriel))
    elle.appuyer("Continuer")
    if elle.chemin != "/cartographie/nouvelle/":
        elle.aller("/cartographie/nouvelle/")


def se_reconnecter(elle: Personnage, courriel: str):
    assert elle.chemin.startswith("/comptes/")
    assert "Votre texte est gardé" in elle.lu
    elle.faire(_donner_le_mot_de_passe, elle.page, courriel)


def _donner_le_mot_de_passe(page, courriel):
    """The page offers two ways in; this is the form of the second."""
    formulaire = page.locator("form:has([type=password])")
    formulaire.get_by_label("Adresse e-mail").fill(courriel)
    formulaire.locator("[type=password]").fill(MOT_DE_PASSE)
    formulaire.get_by_role("button").first.click()
    page.wait_for_load_state("load")


def remplir_les_informations(elle: Personnage):
    assert "Informations générales" in elle.lu
    elle.ecrire("Titre de la démarche", TITRE)
    elle.ecrire("Description courte", "Un jardin où l’on parle de la greffe en plantant.")
    elle.choisir("Type de structure porteuse", "Association de patients / usagers")
    elle.ecrire("Nom de la structure", "Les Mains vertes")
    elle.cocher("Territoire", "77 – Seine-et-Marne")
    elle.ecrire("Commune", "Melun")
    elle.ecrire("Thèmes ou maladies", "Greffe, Insuffisance rénale")
    elle.cocher("Avancement", "En cours")


def remplir_les_acteurs(elle: Personnage):
    elle.cocher("Acteurs impliqués", "Patients partenaires", "Associations")
    elle.ecrire("Nombre de patients partenaires", "6")
    elle.cocher("Domaines d’intervention", "Parcours de soins des personnes")
    elle.cocher("Formes d’action", "Pair-aidance")
    elle.cocher("Degré d’engagement", "Collaboration (participation)")


def remplir_le_fonctionnement(elle: Personnage):
    elle.cocher("Recrutement des patients partenaires", "Association déjà présente")
    elle.cocher("Statut et reconnaissance", "Bénévolat")
    elle.cocher("Cadre formalisé", "Charte")
    elle.cocher("2. Au moins 2 patients partenaires", "Oui")


def remplir_les_besoins(elle: Personnage):
    elle.cocher("Besoins d’appui", "Outils et méthodes")
    elle.ecrire("Conseils à d’autres équipes", "Commencez petit.")
    elle.ecrire("Lien 1 : son titre", "Le journal du jardin")
    elle.ecrire("Lien 1 : son adresse", "www.exemple.fr/journal")


def moderateur(navigateur, adresse) -> Personnage:
    """A moderator already signed in, with the second step passed."""
    marc = fabriques.personne(f"marc-{uuid.uuid4().hex[:6]}@exemple.fr", "moderateur", nom="Marc")
    cookies = {
        nom: biscuit.value for nom, biscuit in fabriques.client_de(marc, mfa=True).cookies.items()
    }
    return Personnage(navigateur, adresse, javascript=True, cookies=cookies)


def demander_une_precision(lui: Personnage):
    lui.aller("/administration/cartographie/fiche/")
    assert "aujourd’hui" in lui.lu
    lui.suivre(TITRE)
    assert "Un jardin où l’on parle" in lui.lu
    lui.suivre("Demander des compléments")
    lui.deplier("Description courte")
    lui.faire(lambda: lui.page.locator("[name=texte_resume]").fill("Dites depuis quand."))
    lui.appuyer("Demander des compléments")
    assert "à compléter" in lui.lu


def publier(lui: Personnage):
    lui.aller("/administration/cartographie/fiche/")
    lui.suivre(TITRE)
    lui.suivre("Publier la fiche")
    lui.appuyer("Publier la fiche")
    assert "publiée" in lui.lu


def repondre_a_la_remarque(elle: Personnage):
    elle.aller("/cartographie/mes-fiches/")
    elle.suivre(f"Répondre aux remarques : {TITRE}")
    assert "Dites depuis quand." in elle.lu
    elle.suivre("Description courte")
    assert "Dites depuis quand." in elle.lu, "the remark stands beside its field"
    elle.ecrire("Description courte", "Depuis 2021, un jardin où l’on parle de la greffe.")
    elle.appuyer("Enregistrer")
    assert "Enregistré" in elle.lu
    elle.passer_a("Relecture et envoi")
    envoyer(elle)


def envoyer(elle: Personnage):
    assert "Un jardin où l’on parle" in elle.lu or "Depuis 2021" in elle.lu
    elle.appuyer("Envoyer à la modération")
    assert "Votre fiche est envoyée" in elle.lu


def etre_trouvee(visiteuse: Personnage):
    """By a facet, by search, on the map, in the CSV, and read."""
    visiteuse.aller("/cartographie/?departement=77&acteurs=associations")
    assert TITRE in visiteuse.lu
    visiteuse.aller("/cartographie/?departement=95")
    assert TITRE not in visiteuse.lu
    visiteuse.aller("/cartographie/")
    visiteuse.ecrire("Chercher dans les démarches", "jardins greffe")
    visiteuse.appuyer("Chercher") if not visiteuse.javascript else visiteuse.faire(
        lambda: visiteuse.page.locator(".trouver__formulaire button").click()
    )
    assert TITRE in visiteuse.lu
    visiteuse.aller("/cartographie/")
    carte = visiteuse.faire(
        lambda: visiteuse.page.locator('.carte a[href*="departement=77"]').first.get_attribute(
            "href"
        )
    )
    visiteuse.aller(carte if carte.startswith("/") else f"/cartographie/{carte}")
    assert TITRE in visiteuse.lu
    assert TITRE in visiteuse.telecharger("/cartographie/fiches.csv?departement=77")
    fiche = Fiche.objects.get(titre=TITRE)
    visiteuse.aller(f"/cartographie/fiches/{fiche.slug}/")
    assert "Depuis 2021" in visiteuse.lu
    assert "Le journal du jardin" in visiteuse.lu
