"""How an offre moves. Its owner is known of nobody: the journal names only moderators."""

from datetime import timedelta

from django.utils import timezone

from annuaire import avis_appels
from annuaire.alertes import reperer
from annuaire.coordonnees import contient_des_coordonnees
from annuaire.enums import EtatOffre, EtatProfil, EtatRelation, TransitionOffre
from annuaire.transitions.commun import RESERVE_A_LA_MODERATION, SousVerrou
from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.journal import consigner

DUREE = timedelta(days=90)
EN_MEME_TEMPS = 3
SANS_COORDONNEES = (
    "Retirez l’adresse, le numéro ou le nom de compte : ils vous feraient reconnaître. Les équipes "
    "vous répondent par le hub, et vous choisissez ensuite ce que vous donnez."
)
RESERVE = "Seule la personne qui propose peut faire cela."


class TransitionsDOffre(SousVerrou):
    """The transitions of ``annuaire.models.Offre``, apart from its columns."""

    transitions = TransitionOffre
    disparu = "Cette offre n’existe plus."

    # --- Asking --------------------------------------------------------------------------
    def est_de(self, par) -> bool:
        return par is not None and self.profil.personne_id == par.pk

    def raison_de_ne_pas_ecrire(self, par) -> str | None:
        return self._hors_proprietaire(par) or self._hors_etat({EtatOffre.BROUILLON})

    def raison_de_ne_pas_soumettre(self, par) -> str | None:
        if raison := self._hors_proprietaire(par) or self._hors_etat({EtatOffre.BROUILLON}):
            return raison
        if self.profil.etat != EtatProfil.ACTIF:
            return "Ouvrez d’abord votre profil : une offre vient d’un profil ouvert."
        if not (self.titre and self.texte and self.domaine and self.departements):
            return "Il manque une réponse : titre, texte, domaine et territoire."
        if contient_des_coordonnees(f"{self.titre} . {self.texte}"):
            return SANS_COORDONNEES
        autres = type(self).objects.filter(profil=self.profil, etat__in=EtatOffre.en_cours())
        if autres.exclude(pk=self.pk).count() >= EN_MEME_TEMPS:
            return f"Vous avez déjà {EN_MEME_TEMPS} offres en cours : retirez-en une d’abord."
        return None

    def raison_de_ne_pas_reprendre(self, par) -> str | None:
        return self._hors_proprietaire(par) or self._hors_etat(
            {EtatOffre.A_MODERER, EtatOffre.RETIREE, EtatOffre.EXPIREE}
        )

    def raison_de_ne_pas_publier(self, par) -> str | None:
        if raison := self._hors_moderation(par) or self._hors_etat({EtatOffre.A_MODERER}):
            return raison
        if self.est_de(par) and not par.a_role(Role.ADMINISTRATEUR):
            return "Cette offre est la vôtre : une autre personne doit la relire."
        if self.profil.etat != EtatProfil.ACTIF:
            return "Le profil de cette personne n’est plus ouvert."
        return None

    def raison_de_ne_pas_demander_complements(self, par) -> str | None:
        return self._hors_moderation(par) or self._hors_etat({EtatOffre.A_MODERER})

    def raison_de_ne_pas_refuser(self, par) -> str | None:
        return self._hors_moderation(par) or self._hors_etat(
            {EtatOffre.A_MODERER, EtatOffre.OUVERTE}
        )

    def raison_de_ne_pas_pourvoir(self, par) -> str | None:
        return self._hors_proprietaire(par) or self._hors_etat({EtatOffre.OUVERTE})

    def raison_de_ne_pas_retirer(self, par) -> str | None:
        return self._hors_proprietaire(par) or self._hors_etat({EtatOffre.OUVERTE})

    def raison_de_ne_pas_expirer(self, par) -> str | None:
        if par is not None:
            return "Une offre arrive à échéance d’elle-même."
        if raison := self._hors_etat({EtatOffre.OUVERTE}):
            return raison
        if self.expire_le > timezone.now():
            return "Cette offre n’est pas arrivée à son terme."
        return None

    def raison_de_ne_pas_supprimer(self, par) -> str | None:
        if raison := self._hors_proprietaire(par) or self._hors_etat(
            {EtatOffre.BROUILLON, EtatOffre.RETIREE, EtatOffre.EXPIREE}
        ):
            return raison
        if self.relations.filter(etat__in=[EtatRelation.ACCORDEE, EtatRelation.CLOSE]).exists():
            return "Une mission est née de cette offre : elle reste dans votre histoire."
        return None

    # --- Doing ---------------------------------------------------------------------------
    def soumettre(self, par):
        with self._si_permis(TransitionOffre.SOUMETTRE, par):
            self.passer(
                {EtatOffre.BROUILLON},
                EtatOffre.A_MODERER,
                par=None,
                action=TransitionOffre.SOUMETTRE,
                motif="",
                alertes=reperer(self.titre, self.texte),
            )

    def reprendre(self, par):
        with self._si_permis(TransitionOffre.REPRENDRE, par):
            self.passer(
                {EtatOffre.A_MODERER, EtatOffre.RETIREE, EtatOffre.EXPIREE},
                EtatOffre.BROUILLON,
                par=None,
                action=TransitionOffre.REPRENDRE,
            )

    def publier(self, par):
        """Show to verified members, for ninety days."""
        maintenant = timezone.now()
        with self._si_permis(TransitionOffre.PUBLIER, par):
            self.passer(
                {EtatOffre.A_MODERER},
                EtatOffre.OUVERTE,
                par=par,
                action=TransitionOffre.PUBLIER,
                publiee_le=maintenant,
                expire_le=maintenant + DUREE,
                motif="",
            )
            avis_appels.au_proprietaire(self, "offre_publiee")

    def demander_complements(self, par, motif):
        motif = self._motif(motif)
        with self._si_permis(TransitionOffre.DEMANDER_COMPLEMENTS, par):
            self.passer(
                {EtatOffre.A_MODERER},
                EtatOffre.BROUILLON,
                par=par,
                action=TransitionOffre.DEMANDER_COMPLEMENTS,
                motif=motif,
            )
            avis_appels.au_proprietaire(self, "offre_a_completer")

    def refuser(self, par, motif):
        """Refuse, or withdraw what was published, saying why."""
        motif = self._motif(motif)
        with self._si_permis(TransitionOffre.REFUSER, par):
            self.passer(
                {EtatOffre.A_MODERER, EtatOffre.OUVERTE},
                EtatOffre.RETIREE,
                par=par,
                action=TransitionOffre.REFUSER,
                motif=motif,
            )
            self._clore_les_reponses()
            avis_appels.au_proprietaire(self, "offre_refusee")

    def pourvoir(self, par):
        """A team was found: nobody else is shown it."""
        with self._si_permis(TransitionOffre.POURVOIR, par):
            self.passer(
                {EtatOffre.OUVERTE}, EtatOffre.POURVUE, par=None, action=TransitionOffre.POURVOIR
            )

    def retirer(self, par):
        """One click, no reason asked."""
        with self._si_permis(TransitionOffre.RETIRER, par):
            self.passer(
                {EtatOffre.OUVERTE}, EtatOffre.RETIREE, par=None, action=TransitionOffre.RETIRER
            )
            self._clore_les_reponses()

    def expirer(self, par=None):
        with self._si_permis(TransitionOffre.EXPIRER, par):
            self.passer(
                {EtatOffre.OUVERTE}, EtatOffre.EXPIREE, par=None, action=TransitionOffre.EXPIRER
            )
            self._clore_les_reponses()
            avis_appels.au_proprietaire(self, "offre_expiree")

    def supprimer(self, par):
        with self._si_permis(TransitionOffre.SUPPRIMER, par):
            consigner(self, TransitionOffre.SUPPRIMER, None)
            self.delete()

    # --- Helpers -------------------------------------------------------------------------
    def _clore_les_reponses(self):
        """Teams still waiting for an answer get one: neutral, the same for all."""
        from annuaire.entretien import clore_les_relations

        clore_les_relations(self)

    def _hors_proprietaire(self, par) -> str | None:
        return None if self.est_de(par) else RESERVE

    def _hors_moderation(self, par) -> str | None:
        permis = par is None or par.has_perm("annuaire.moderer_appel")
        return None if permis else RESERVE_A_LA_MODERATION
