"""What the foundations hold about people; see registre.py."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db.models import Q

from hubpartenariat.socle.effacement import (
    adresses_de,
    effacer_les_courriels,
    effacer_les_documents,
    effacer_les_sessions,
    fichiers_de,
    sessions_de,
)
from hubpartenariat.socle.models import (
    BitsFacette,
    Commune,
    Courriel,
    DemandeDocument,
    EntreeIndex,
    EntreeJournal,
    Execution,
    GroupeDeSynonymes,
    SaisieEnAttente,
    Synonyme,
)
from hubpartenariat.socle.registre import Cercle, Classe, Effacement, champs, declarer, internes

MODERATION, PERSONNE, PROPRIETAIRE = Cercle.MODERATION, Cercle.PERSONNE, Cercle.PROPRIETAIRE


def _destinataire(courriel) -> set[int]:
    from allauth.account.models import EmailAddress

    adresses = EmailAddress.objects.filter(email__iexact=courriel.destinataire)
    return set(adresses.values_list("user", flat=True))


declarer(
    Courriel,
    internes(
        "id cle confidentiel sans_trace etat essais prochain_essai jeton pris_le cree_le envoye_le"
    ),
    champs("destinataire sujet texte html", Classe.PERSONNELLE, (PROPRIETAIRE, MODERATION)),
    champs("expediteur erreur", Classe.INTERNE),
    finalite="Vous écrire, et pouvoir vérifier qu’un message est bien parti.",
    conservation="30 jours après l’envoi.",
    a_moi=lambda p: Courriel.objects.filter(destinataire__in=adresses_de(p)),
    effacer=effacer_les_courriels,
    cercles={PROPRIETAIRE: _destinataire},
)


def _document(demande, nom):
    """As open as what it is made from."""
    if demande.accessible_a(AnonymousUser()):
        return [Cercle.TOUS]
    return [PROPRIETAIRE, MODERATION]


declarer(
    DemandeDocument,
    internes("id genre demandes empreinte etat essais jeton fichier taille pages"),
    internes("cree_le commence_le termine_le erreur demandeurs"),
    champs("titre parametres donnees", Classe.PERSONNELLE, _document),
    finalite="Vous remettre les documents PDF que vous demandez.",
    conservation="30 jours, puis le fichier est effacé ; la ligne, au bout d’un an.",
    a_moi=lambda p: DemandeDocument.objects.filter(demandeurs=p),
    effacer=effacer_les_documents,
    cercles={PROPRIETAIRE: lambda d: set(d.demandeurs.values_list("pk", flat=True))},
    fichiers=fichiers_de,
)


def _saisies(donnees: dict) -> list:
    return list(donnees.get("saisies_en_attente", []))


declarer(
    EntreeJournal,
    internes("id quand action type_objet cle_objet detail"),
    champs("qui", Classe.PERSONNELLE, (PROPRIETAIRE, MODERATION)),
    finalite="Savoir qui a publié, corrigé ou retiré quelque chose.",
    conservation="5 ans.",
    effacement=Effacement.ANONYMISER,
    pourquoi="La trace des gestes reste, sans votre nom : une décision doit rester explicable.",
    a_moi=lambda p: EntreeJournal.objects.filter(
        Q(qui=p) | Q(type_objet__app_label="comptes", cle_objet=str(p.pk))
    ),
    effacer=lambda p: EntreeJournal.objects.filter(qui=p).update(qui=None),
    cercles={PROPRIETAIRE: lambda e: {e.qui_id}},
)

declarer(
    Session,
    internes("session_key expire_date"),
    champs("session_data", Classe.PERSONNELLE, (PERSONNE,)),
    finalite="Vous reconnaître d’une page à l’autre.",
    conservation="14 jours après votre dernière visite.",
    effacer=effacer_les_sessions,
)

# Declared after the sessions, hence erased before them: they lead to these texts.
declarer(
    SaisieEnAttente,
    internes("id creee_le chemin"),
    champs("donnees", Classe.PERSONNELLE, (PROPRIETAIRE,)),
    finalite="Vous rendre le texte envoyé après la fin de votre session.",
    conservation="2 jours.",
    a_moi=lambda p: SaisieEnAttente.objects.filter(
        pk__in=[cle for _, donnees in sessions_de(p) for cle in _saisies(donnees)]
    ),
    cercles={PROPRIETAIRE: lambda s: set()},  # a browser, before anybody signed in
)


declarer(
    Execution,
    internes("id horaire commencee_le finie_le reussie erreur"),
    finalite="Savoir si les travaux réguliers du hub se font.",
    conservation="90 jours.",
)

PUBLIC = "Des données publiques, qui ne concernent personne."
declarer(
    Commune,
    champs("code nom nom_recherche departement codes_postaux", Classe.PUBLIQUE, (Cercle.TOUS,)),
    champs("population epci_code epci_nom latitude longitude", Classe.PUBLIQUE, (Cercle.TOUS,)),
    internes("parent"),
    finalite=PUBLIC,
    conservation="Sans limite.",
)
# Holds what is public and nothing else: the generic tests read it.
declarer(
    EntreeIndex,
    internes("pk genre objet_id date lieu codes"),
    champs("cle_titre vecteur", Classe.PUBLIQUE, (Cercle.TOUS,)),
    finalite=PUBLIC,
    conservation="Aussi longtemps que l’objet est public.",
)
declarer(
    BitsFacette,
    internes("pk genre facette code bloc bits"),
    finalite=PUBLIC,
    conservation="Aussi longtemps que l’objet est public.",
)

declarer(
    GroupeDeSynonymes,
    internes("id termes"),
    finalite="Trouver une même chose sous plusieurs noms.",
    conservation="Tant que l’équipe du hub les garde : rien n’y parle d’une personne.",
)
declarer(
    Synonyme,
    internes("id cible remplacement"),
    finalite="Appliquer les synonymes à une recherche.",
    conservation="Refaits à chaque changement des groupes.",
)
