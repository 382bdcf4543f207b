"""Ask everything as everybody, and judge each word found."""

import logging
import re
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.test import Client

from hubpartenariat.comptes.models import Utilisateur
from hubpartenariat.socle import travaux
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.documents import DemandeDocument
from hubpartenariat.socle.journal import EntreeJournal
from tests.generiques.adresses import Adresse
from tests.generiques.marqueurs.lire import texte_de
from tests.generiques.marqueurs.poser import Marques
from tests.generiques.monde import Monde
from tests.outils.espion import lire_la_page

# The privileged first: what they leave in a cache is then found by the others.
PASSAGES = (
    "administrateur",
    "moderateur",
    "auteur",
    "equipe",
    "autre",
    "referent",
    "relecteur",
    "administrateur-",
    "membre",
    "visiteur",
)
# A colleague invited by mail is told what to, and by whom: the author chose to.
DITS_AUX_INVITES = {
    "cartographie.Fiche.titre",
    "ressources.Projet.titre",
    "ressources.PersonneCitee.nommee_comme",
    "comptes.Utilisateur.nom",
    "comptes.Utilisateur.email",
}
# Keys of these mails: to a colleague, to a team, to somebody whom a story quotes.
INVITATIONS = ("invitation:", "invitation_projet:", "accord:")
# A personal link of a mail stands for its addressee, signed in or not.
PORTEURS = {"ressources:signer_par_lien[valide]": "auteur"}
QUI_ENVOIE = ("administrateur", "moderateur", "auteur", "equipe", "autre", "referent")


@dataclass
class Constat:
    """What was seen: leaks, and which fields were read by somebody who may."""

    fuites: dict[str, str] = field(default_factory=dict)  # field and reader -> where first
    vues: set[str] = field(default_factory=set)  # labels of fields
    lectures: dict[str, set[str]] = field(default_factory=dict)  # word -> roles that read it
    demandes: int = 0
    pannes: list[str] = field(default_factory=list)

    def __str__(self):
        return "\n".join(f"{quoi}: {ou}" for quoi, ou in sorted(self.fuites.items()))


@dataclass
class Marche:
    """One walk through the hub."""

    monde: Monde
    marques: Marques
    constat: Constat = field(default_factory=Constat)

    def juger(self, texte: str, role: str, ou: str) -> None:
        compte = self.monde.personnes.get(role)
        for mot in self.marques.trouver(texte):
            marque = self.marques.par_mot[mot]
            self.constat.lectures.setdefault(mot, set()).add(role)
            if role and (
                self.marques.permis(mot, role, compte)
                or self.marques.permis_a_l_instant(mot, role, compte)
            ):
                self.constat.vues.add(marque.etiquette)
            else:
                self.constat.fuites.setdefault(f"{marque.etiquette} → {role}", f"{ou} {marque}")

    def lire(self, role: str, adresse: Adresse, *, envoyer: bool = False) -> None:
        client = self.monde.client(role, Client, raise_request_exception=False)
        role = PORTEURS.get(adresse.nom, role) if role == "visiteur" else role
        with transaction.atomic():
            reponse = self.demander(client.get, role, adresse.chemin, f"GET {adresse.nom}")
        if not envoyer or reponse is None:
            return
        for chemin, donnees in envois(adresse, reponse):
            with transaction.atomic():
                ou = f"POST {adresse.nom}"
                suite = self.demander(client.post, role, chemin, ou, donnees)
                if suite is not None and suite.status_code in (302, 303):
                    # What the next page says, with its message.
                    self.demander(client.get, role, suite["Location"], f"after {ou}")
                self.juger_les_courriels(role, ou)
                self.juger_les_traces(role, ou)
                transaction.set_rollback(True)

    def demander(self, methode, role, chemin, ou, donnees=None):
        if not chemin.startswith("/"):
            return None
        try:
            reponse = methode(chemin, donnees) if donnees is not None else methode(chemin)
        except AssertionError as erreur:  # the harness refuses this page: another test says so
            self.constat.pannes.append(f"{ou} as {role}: {erreur}")
            return None
        self.constat.demandes += 1
        if reponse.status_code >= 500:
            self.constat.pannes.append(f"{ou} as {role}: {reponse.status_code}")
        self.juger(texte_de(reponse, chemin), role, ou)
        return reponse

    def juger_les_courriels(self, role: str, ou: str) -> None:
        """Mails written by this request, against the rights of whoever receives them."""
        for courriel in Courriel.objects.exclude(pk__in=self._courriels):
            qui = self.role_de(courriel.destinataire)
            texte = f"{courriel.sujet}\n{courriel.texte}\n{courriel.html}"
            texte = texte.replace(courriel.destinataire, "")
            if (courriel.cle or "").startswith(INVITATIONS):
                texte = self.sans(texte, DITS_AUX_INVITES)
            self.juger(texte, qui, f"mail by {ou} as {role} to")

    def sans(self, texte: str, etiquettes) -> str:
        """The text without the words of these fields."""
        for mot in self.marques.trouver(texte):
            if self.marques.par_mot[mot].etiquette in etiquettes:
                texte = texte.replace(mot, "")
        return texte

    def juger_les_traces(self, role: str, ou: str) -> None:
        """The journal holds facts; the history of the admin is read by the team; a document that
        somebody asks for shows what they may read.
        """
        for entree in EntreeJournal.objects.filter(pk__gt=self._journal):
            self.juger(f"{entree.action} {entree.detail}", "visiteur", f"journal by {ou}")
        for geste in LogEntry.objects.filter(pk__gt=self._gestes):
            texte = f"{geste.object_repr} {geste.change_message}"
            self.juger(texte, "moderateur", f"admin history by {ou}")
        for demande in DemandeDocument.objects.exclude(pk__in=self._documents):
            texte = f"{demande.titre} {demande.parametres} {demande.donnees}"
            self.juger(texte, role, f"document by {ou}")

    def role_de(self, adresse: str) -> str:
        """Who reads this mail; somebody unknown has no more rights than a visitor."""
        compte = Utilisateur.objects.filter(email__iexact=adresse).first()
        if compte is None:
            trouvee = EmailAddress.objects.filter(email__iexact=adresse).first()
            compte = trouvee and trouvee.user
        return next((r for r, p in self.monde.personnes.items() if p and p == compte), "visiteur")

    def __post_init__(self):
        self._courriels = set(Courriel.objects.values_list("pk", flat=True))
        self._documents = set(DemandeDocument.objects.values_list("pk", flat=True))
        self._journal = max(EntreeJournal.objects.values_list("pk", flat=True), default=0)
        self._gestes = max(LogEntry.objects.values_list("pk", flat=True), default=0)

    def tout(self, adresses: Iterable[Adresse], roles=PASSAGES, *, envoyer=True) -> Constat:
        for role in roles:
            for adresse in adresses:
                if "logout" not in adresse.nom:
                    self.lire(role, adresse, envoyer=envoyer and role in QUI_ENVOIE)
        return self.constat


def envois(adresse: Adresse, reponse) -> Iterable[tuple[str, dict]]:
    """What this page sends: each of its forms once, filled as an ordinary person would."""
    if reponse.status_code == 405:
        yield adresse.chemin, {}
    elif reponse.status_code == 200 and "text/html" in reponse.get("Content-Type", ""):
        principal = re.search(r"<main.*?</main>", reponse.content.decode(), re.S)
        formulaires, _ = lire_la_page(principal[0] if principal else "")
        vus = set()
        for une in formulaires:
            chemin = une.action or adresse.chemin
            if une.methode == "post" and not une.fichiers and "deconnexion" not in chemin:
                cle = (chemin, tuple(sorted(une.valeurs)))
                if cle not in vus and len(vus) < 6:
                    vus.add(cle)
                    yield chemin, une.valeurs


@contextmanager
def ecouter():
    """Everything said to the log and to the queue meanwhile, as a list of texts."""
    dits: list[str] = []

    class Oreille(logging.Handler):
        def emit(self, record):
            dits.append(f"log {record.name}: {self.format(record)}")

    def reveiller(tache, *cles):
        dits.append(f"queue {tache.name}: {cles}")
        return True

    oreille, racine = Oreille(level=logging.DEBUG), logging.getLogger()
    avant = racine.manager.disable
    reveils = travaux.reveiller, travaux.reveiller_apres_validation
    logging.disable(logging.NOTSET)
    racine.addHandler(oreille)
    # Nothing is committed here: what would be said after the commit is said at once.
    travaux.reveiller = travaux.reveiller_apres_validation = reveiller
    try:
        yield dits
    finally:
        travaux.reveiller, travaux.reveiller_apres_validation = reveils
        racine.removeHandler(oreille)
        logging.disable(avant)
