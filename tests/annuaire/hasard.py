"""A small society in which anybody may try anything, and what must stay true whatever they did.

The machine keeps its own account of who said yes (``oui``) and of who left; it never asks the code
under test whether an identity may be shown.
"""

from collections import Counter

from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from annuaire import entretien, tour
from annuaire.enums import Canal, Cote
from annuaire.models import Appel, MiseEnRelation, Perimetre, Profil, Sollicitation
from annuaire.sollicitations import mois_de, solliciter
from annuaire.transitions.reponses import se_dire_interesse
from hubpartenariat.comptes.consentements import Finalite, donner, retirer
from hubpartenariat.socle.courriel import Courriel
from hubpartenariat.socle.moderation import TransitionRefusee
from tests import fabriques
from tests.annuaire.gens import LIGNES, appel, candidat, membre, offre, secrets_de, structure

COMPTE: Counter = Counter()
RANG = st.sampled_from(range(24))
ACTES = ("accepter", "decliner", "se-retirer", "tiers")
PARTS = (
    *["dire_oui"] * 6,
    *["agir"] * 4,
    *["se_dire_interesse"] * 2,
    *["solliciter"] * 2,
    *("repondre_a_l_offre", "tirer", "achever_une_mission"),
    *("laisser_passer_du_temps", "changer_d_avis"),
)


class Societe(RuleBasedStateMachine):
    """Three candidates, two teams, a référente and a stranger; three appels and an offre."""

    @initialize()
    def naitre(self):
        self.atomique = transaction.atomic()
        self.atomique.__enter__()
        une = structure()
        self.profils = [
            candidat(sollicitations_par_mois=n, missions_actives_max=1 + n % 2) for n in (1, 2, 3)
        ]
        self.equipe = [
            membre(une, nom=f"EquipierSecret{n}", email=f"equipe{n}@secret.fr") for n in range(2)
        ]
        self.autre = membre(structure(), nom="AutreSecrete", email="autre@secret.fr")
        self.referente = fabriques.personne("referente@secret.fr", nom="Référente")
        self.etranger = fabriques.personne("etranger@secret.fr")
        Perimetre.objects.create(personne=self.referente, departements=["94"])
        self.appels = [
            appel(*self.equipe, structure=une, places=2),
            appel(self.equipe[0], structure=une, places=1, pourquoi_une_place="Un fauteuil"),
            appel(self.autre, places=2, mode="tirage"),
        ]
        self.offre = offre(self.profils[0])
        self.oui, self.finies, self.raisons = set(), set(), {}
        gens = [*self.equipe, self.autre, self.referente, self.etranger]
        self.gens = [*gens, *(un.personne for un in self.profils)]
        self.clients = {}
        for personne in self.gens:
            self.clients[personne.pk] = Client()
            self.clients[personne.pk].force_login(personne)
        self.vu = {}
        for un, un_appel in ((0, 0), (1, 0), (1, 2), (2, 2)):
            se_dire_interesse(self.profils[un], self.appels[un_appel], LIGNES)
        COMPTE["societies"] += 1

    def teardown(self):
        if hasattr(self, "atomique"):
            transaction.set_rollback(True)
            self.atomique.__exit__(None, None, None)

    # --- Acts ---------------------------------------------------------------------------------
    @rule(quoi=st.sampled_from(PARTS), a=RANG, b=RANG, c=RANG)
    def vivre(self, quoi, a, b, c):
        """One act of the list, which says how often each comes."""
        faire = getattr(self, quoi)
        faire(*(a, b, c)[: faire.__code__.co_argcount - 1])

    def relations(self):
        return list(MiseEnRelation.objects.select_related("profil__personne").order_by("pk"))

    def noter(self, acte, fait):
        COMPTE[f"{acte}: {'done' if fait else 'refused'}"] += 1

    def cote_de(self, relation, personne):
        """Our own reading of who is who."""
        if relation.profil.personne_id == personne.pk:
            return Cote.PATIENT
        if relation.offre_id:
            return Cote.EQUIPE if relation.repondant_id == personne.pk else None
        rang = [un.pk for un in self.appels].index(relation.appel_id)
        equipes = [self.equipe, self.equipe[:1], [self.autre]]
        return Cote.EQUIPE if personne in equipes[rang] else None

    def se_dire_interesse(self, qui, lequel):
        un = self.profils[qui % 3]
        un_appel = self.appels[lequel % 3]
        avant = MiseEnRelation.objects.count()
        adresse = f"/annuaire/appels/{un_appel.slug}/interesse/"
        donnees = {"motivation": LIGNES, "tirage": "on"}
        self.clients[un.personne_id].post(adresse, donnees)
        self.noter("interested", MiseEnRelation.objects.count() > avant)

    def repondre_a_l_offre(self, qui):
        personne = self.gens[qui % len(self.gens)]
        liens = personne.rattachements.values_list("structure", flat=True)
        avant = MiseEnRelation.objects.count()
        self.clients[personne.pk].post(
            f"/annuaire/offres/{self.offre.uuid}/repondre/",
            {"structure": liens.first() or "", "texte": LIGNES},
        )
        self.noter("answers the offre", MiseEnRelation.objects.count() > avant)

    def dire_oui(self, laquelle, qui):
        """One side says yes: what most people come for."""
        relations = self.relations()
        relation = relations[laquelle % len(relations)]
        voulu = list(Cote)[qui % 2]
        rangs = [rang for rang, une in enumerate(self.gens) if self.cote_de(relation, une) == voulu]
        self._agir(relation, rangs[0], "accepter", False)

    def agir(self, laquelle, qui, quoi):
        """A side, or anybody, does anything to any relation."""
        relations = self.relations()
        relation = relations[laquelle % len(relations)]
        self._agir(relation, qui, ACTES[quoi % len(ACTES)], bool(quoi % 3))

    def _agir(self, relation, qui, acte, partie):
        parties = [une for une in self.gens if self.cote_de(relation, une)]
        gens = parties if partie else self.gens
        personne = gens[qui % len(gens)]
        cote = self.cote_de(relation, personne)
        marque = f"RaisonPrivee{len(self.raisons)}x"
        reponse = self.clients[personne.pk].post(
            f"/annuaire/mises-en-relation/{relation.uuid}/{acte}/", {"raison": marque}
        )
        assert reponse.status_code == (302 if cote else 404)
        apres = MiseEnRelation.objects.get(pk=relation.pk)
        fait = apres.etat_depuis != relation.etat_depuis or apres.tiers_id != relation.tiers_id
        self.noter(acte if cote else f"{acte} by a stranger", fait)
        if fait and acte == "accepter":
            self.oui.add((relation.pk, cote))
        if fait and acte in ("decliner", "se-retirer"):
            self.finies.add(relation.pk)
        if apres.raison == marque:
            self.raisons[marque] = (relation.pk, cote)

    def tirer(self, qui):
        personne = self.gens[qui % len(self.gens)]
        un_appel = self.appels[2]
        avant = set(un_appel.relations.filter(accord_equipe_le=None).values_list("pk", flat=True))
        self.clients[personne.pk].post(f"/annuaire/appels/{un_appel.uuid}/tirage/")
        tires = avant & set(
            un_appel.relations.filter(accord_equipe_le__isnull=False).values_list("pk", flat=True)
        )
        assert not tires or personne == self.autre
        self.oui |= {(cle, Cote.EQUIPE) for cle in tires}
        self.noter("draw", tires)

    def solliciter(self, qui, lequel, quoi):
        canal = [*Canal, "tour"][quoi % 3]
        if canal == "tour":
            self.noter("round", tour.faire().propositions)
            return
        try:
            solliciter(self.profils[qui % 3], self.appels[lequel % 3], canal)
        except TransitionRefusee:
            self.noter("solicit", False)
        else:
            self.noter("solicit", True)

    def achever_une_mission(self, laquelle):
        accordees = [une for une in self.relations() if une.etat == "accordee"]
        if accordees:
            relation = accordees[laquelle % len(accordees)]
            relation.achever()
            mission = relation.mission
            mission.passer({"a_demarrer"}, "terminee", par=None, action="terminer")
            self.finies.add(relation.pk)
            self.noter("mission ends", True)

    def laisser_passer_du_temps(self, quoi):
        jours = [5, 5, 11, 11, 11, 31][quoi % 6]
        quand = timezone.now() + timezone.timedelta(days=jours)
        self.noter("reminder", entretien.relancer(quand))
        en_cours = set(MiseEnRelation.objects.en_cours().values_list("pk", flat=True))
        self.noter("expiry", entretien.expirer(quand))
        encore = set(MiseEnRelation.objects.en_cours().values_list("pk", flat=True))
        self.finies |= en_cours - encore

    def changer_d_avis(self, qui, quoi):
        quoi = ["pause", "reprise", "retrait", "accord", "moins"][quoi % 5]
        un = self.profils[qui % 3]
        if quoi in ("pause", "reprise"):
            jour = timezone.localdate() if quoi == "pause" else None
            Profil.objects.filter(pk=un.pk).update(pause_jusqu_au=jour)
        elif quoi == "retrait":
            retirer(un.personne, Finalite.CONTACT)
        elif quoi == "accord":
            donner(un.personne, Finalite.CONTACT)
        else:
            Profil.objects.filter(pk=un.pk).update(sollicitations_par_mois=1)

    # --- What stays true ------------------------------------------------------------------------
    @invariant()
    def nobody_is_seen_before_both_said_yes(self):
        if not hasattr(self, "profils"):
            return
        vu = {ligne["id"]: ligne for ligne in MiseEnRelation.objects.values()}
        changees = {cle for cle, ligne in vu.items() if self.vu.get(cle) != ligne}
        self.vu = vu
        for relation in self.relations():
            if relation.pk not in changees:
                continue
            accord = {(relation.pk, cote) for cote in Cote} <= self.oui
            accord = accord and relation.pk not in self.finies
            COMPTE["agreements seen" if accord else "not agreed, looked at"] += 1
            assert (relation.etat == "accordee") == accord, "our account and theirs agree"
            secrets = secrets_de(relation.profil)
            noms = [une.nom for une in [*self.equipe, self.autre]]
            for personne in self.gens:
                cote = self.cote_de(relation, personne)
                if cote is None and personne not in (self.referente, self.etranger):
                    continue
                chemin = f"/annuaire/mises-en-relation/{relation.uuid}/"
                reponse = self.clients[personne.pk].get(chemin)
                page = reponse.content.decode().partition("<main")[2]
                COMPTE[f"pages: {reponse.status_code}"] += 1
                if cote != Cote.PATIENT:
                    vus = [mot for mot in secrets if mot in page]
                    assert not vus or (accord and cote == Cote.EQUIPE), (vus, relation.etat)
                    if accord and cote == Cote.EQUIPE:
                        assert relation.profil.personne.nom in page, "shown, when it may be"
                if cote != Cote.EQUIPE:
                    vus = [nom for nom in noms if nom in page]
                    assert not vus or (accord and cote == Cote.PATIENT), (vus, relation.etat)
                for marque, (cle, sien) in self.raisons.items():
                    assert marque not in page or (cle == relation.pk and cote == sien)

    @invariant()
    def the_list_of_the_team_shows_pseudonyms_only(self):
        if not hasattr(self, "profils"):
            return
        page = self.clients[self.equipe[0].pk].get(
            f"/annuaire/appels/{self.appels[0].uuid}/candidatures/"
        )
        assert page.status_code == 200
        for un in self.profils:
            assert not [mot for mot in secrets_de(un) if mot in page.content.decode()]

    @invariant()
    def no_mail_says_who_what_illness_or_why(self):
        if not hasattr(self, "profils"):
            return
        noms = [une.nom for une in [*self.equipe, self.autre]]
        siennes = {un.personne.email: un for un in self.profils}
        for lettre in Courriel.objects.all():
            texte = f"{lettre.sujet} {lettre.texte}"
            lui = siennes.get(lettre.destinataire)
            for un in self.profils:
                permis = [un.personne.nom, un.personne.email] if un == lui else []
                assert not [m for m in secrets_de(un) if m in texte and m not in permis]
            assert not [nom for nom in noms if lui and nom in texte]
            assert "RaisonPrivee" not in texte

    @invariant()
    def nobody_is_written_to_more_than_they_said(self):
        if not hasattr(self, "profils"):
            return
        for un, plafond in zip(self.profils, (1, 2, 3), strict=True):
            recues = Sollicitation.objects.filter(profil=un, mois=mois_de()).count()
            lettres = Courriel.objects.filter(
                destinataire=un.personne.email, cle__startswith="proposition:"
            ).count()
            assert lettres <= recues <= plafond

    @invariant()
    def a_seat_is_given_once_and_a_person_takes_what_they_said(self):
        if not hasattr(self, "profils"):
            return
        for un_appel in Appel.objects.all():
            sieges = list(un_appel.relations.assises().values_list("siege", flat=True))
            assert len(sieges) == len(set(sieges)) <= un_appel.places
            assert (un_appel.etat == "pourvu") == (len(sieges) == un_appel.places)
        for un in self.profils:
            actives = un.relations.filter(etat="accordee").count()
            assert actives <= un.missions_actives_max
