"""How a fiche moves from one state to the next.

For each transition: ``raison_de_ne_pas_…(par)`` says in French why ``par`` may not do it now (None
when they may), and one method does it, called by the site, the administration and the commands.
``par`` is a person, or None for a command run by the operator of the hub.
"""

from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from cartographie import avis
from cartographie.enums import EtatFiche, Transition
from cartographie.sections import CHAMPS_DU_CONTENU, PARCOURS, manques
from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle.journal import EntreeJournal, consigner
from hubpartenariat.socle.moderation import TransitionRefusee

ESSAIS_D_ADRESSE = 50
RESERVE_A_LA_MODERATION = "Seule l’équipe qui modère peut faire cela."
RESERVE_AUX_AUTEURS = "Seules les personnes qui ont écrit cette fiche peuvent faire cela."


def modere(par) -> bool:
    """May ``par`` decide about fiches?"""
    return par is None or par.has_perm("cartographie.moderer_fiche")


def administre(par) -> bool:
    return par is None or par.a_role(Role.ADMINISTRATEUR)


class TransitionsDeFiche:
    """The transitions of ``cartographie.models.Fiche``, apart from its columns."""

    # --- Asking --------------------------------------------------------------------------
    def est_auteur(self, par) -> bool:
        """Is ``par`` one of the authors? One query."""
        return par is not None and self.auteurs.filter(pk=par.pk).exists()

    def ce_qui_manque(self):
        """What is still to fill or to correct before sending: [(section, champ, phrase)]."""
        return manques(self)

    def raison_de_ne_pas(self, transition: str, par) -> str | None:
        return getattr(self, f"raison_de_ne_pas_{Transition(transition).value}")(par)

    def transitions_permises(self, par) -> list[Transition]:
        """What ``par`` may do now."""
        return [choix for choix in Transition if self.raison_de_ne_pas(choix, par) is None]

    def raison_de_ne_pas_ecrire(self, par) -> str | None:
        if not self.est_auteur(par):
            return RESERVE_AUX_AUTEURS
        return self._hors_etat(
            EtatFiche.modifiables(),
            {
                EtatFiche.SOUMISE: (
                    "Cette fiche est entre les mains de l’équipe qui modère. "
                    "Reprenez-la pour la modifier."
                ),
                EtatFiche.PUBLIEE: "Cette fiche est publiée. Ouvrez une mise à jour.",
            },
        )

    def raison_de_ne_pas_soumettre(self, par) -> str | None:
        # An imported fiche has no author yet: an administrator sends it.
        if not self.est_auteur(par) and not (administre(par) and not self.auteurs.exists()):
            return RESERVE_AUX_AUTEURS
        if raison := self._hors_etat(
            EtatFiche.modifiables(), {EtatFiche.SOUMISE: "Cette fiche est déjà envoyée."}
        ):
            return raison
        reste = len(self.ce_qui_manque())
        if reste:
            points = "un point" if reste == 1 else f"{reste} points"
            return f"Il reste {points} à compléter ou à corriger avant l’envoi."
        return None

    def raison_de_ne_pas_reprendre(self, par) -> str | None:
        if not self.est_auteur(par):
            return RESERVE_AUX_AUTEURS
        if raison := self._hors_etat({EtatFiche.SOUMISE, EtatFiche.REFUSEE}):
            return raison
        if self.etat == EtatFiche.REFUSEE and self._autre_revision_ouverte():
            return "Une autre mise à jour de cette fiche est déjà en cours."
        return None

    def raison_de_ne_pas_demander_complements(self, par) -> str | None:
        return self._hors_moderation(par) or self._hors_etat({EtatFiche.SOUMISE})

    def raison_de_ne_pas_publier(self, par) -> str | None:
        if raison := self._hors_moderation(par) or self._hors_etat({EtatFiche.SOUMISE}):
            return raison
        # Two pairs of eyes on every publication; an administrator may be alone, and it is written.
        if self.est_auteur(par) and not administre(par):
            return "Vous avez écrit cette fiche : une autre personne de l’équipe doit la relire."
        if self.ce_qui_manque():
            return "Il manque des informations : demandez des compléments."
        if self.revision_de_id and self.revision_de.etat != EtatFiche.PUBLIEE:
            return "La fiche d’origine n’est plus publiée : remettez-la d’abord sur la carte."
        return None

    def raison_de_ne_pas_refuser(self, par) -> str | None:
        return self._hors_moderation(par) or self._hors_etat({EtatFiche.SOUMISE})

    def raison_de_ne_pas_archiver(self, par) -> str | None:
        if not (modere(par) or self.est_auteur(par)):
            return RESERVE_AUX_AUTEURS
        return self._hors_etat({EtatFiche.PUBLIEE})

    def raison_de_ne_pas_restaurer(self, par) -> str | None:
        return self._hors_moderation(par) or self._hors_etat({EtatFiche.ARCHIVEE})

    def raison_de_ne_pas_ouvrir_revision(self, par) -> str | None:
        if not self.est_auteur(par):
            return RESERVE_AUX_AUTEURS
        return self._hors_etat({EtatFiche.PUBLIEE})

    def raison_de_ne_pas_supprimer_brouillon(self, par) -> str | None:
        if not self.est_auteur(par):
            return RESERVE_AUX_AUTEURS
        return self._hors_etat(
            EtatFiche.modifiables() | {EtatFiche.REFUSEE},
            {
                EtatFiche.SOUMISE: "Cette fiche est envoyée : reprenez-la d’abord.",
                EtatFiche.PUBLIEE: "Cette fiche est publiée : retirez-la plutôt de la carte.",
            },
        )

    # --- Doing ---------------------------------------------------------------------------
    def soumettre(self, par):
        """Send to the moderators. Remarks still open count as answered."""
        with self._si_permis(Transition.SOUMETTRE, par):
            maintenant = timezone.now()
            self.passer(
                EtatFiche.modifiables(),
                EtatFiche.SOUMISE,
                par=par,
                action=Transition.SOUMETTRE,
                soumise_le=maintenant,
                motif="",
            )
            self.remarques.filter(levee_le=None).update(levee_le=maintenant)
            avis.aux_auteurs(self, "soumise")

    def reprendre(self, par):
        """Give the fiche back to its authors, at their own request."""
        with self._si_permis(Transition.REPRENDRE, par):
            self.passer(
                {EtatFiche.SOUMISE, EtatFiche.REFUSEE},
                EtatFiche.BROUILLON,
                par=par,
                action=Transition.REPRENDRE,
            )

    def demander_complements(self, par, remarques):
        """Ask the authors to complete: ``remarques`` is [{"champ", "genre", "texte"}]."""
        remarques = list(remarques)
        if not remarques:
            raise TransitionRefusee("Dites ce qui est à compléter : au moins une remarque.")
        with self._si_permis(Transition.DEMANDER_COMPLEMENTS, par):
            self.passer(
                {EtatFiche.SOUMISE},
                EtatFiche.A_COMPLETER,
                par=par,
                action=Transition.DEMANDER_COMPLEMENTS,
                detail={"champs": [remarque["champ"] for remarque in remarques]},
            )
            for remarque in remarques:
                self.remarques.create(auteur=par, **remarque)
            avis.aux_auteurs(self, "a_completer", remarques=list(self.remarques.ouvertes()))

    def publier(self, par):
        """Put on the map. Publishing a revision pours it into the fiche that it revises.

        Returns the published fiche (the original, when ``self`` was a revision and is gone).
        """
        with self._si_permis(Transition.PUBLIER, par):
            if self.revision_de_id:
                return self._verser_dans_l_original(par)
            self._publier_a_une_adresse_libre(par)
            avis.aux_auteurs(self, "publiee")
        return self

    def refuser(self, par, motif):
        """Refuse for good, saying why. The authors may take it back and send it again."""
        motif = self._motif(motif)
        with self._si_permis(Transition.REFUSER, par):
            self.passer(
                {EtatFiche.SOUMISE},
                EtatFiche.REFUSEE,
                par=par,
                action=Transition.REFUSER,
                motif=motif,
            )
            avis.aux_auteurs(self, "refusee")

    def archiver(self, par, motif):
        """Take off the map, saying why; the address then answers that it was withdrawn."""
        motif = self._motif(motif)
        with self._si_permis(Transition.ARCHIVER, par):
            self.passer(
                {EtatFiche.PUBLIEE},
                EtatFiche.ARCHIVEE,
                par=par,
                action=Transition.ARCHIVER,
                motif=motif,
            )
            avis.aux_auteurs(self, "archivee")

    def restaurer(self, par):
        """Put an archived fiche back on the map, at the same address."""
        with self._si_permis(Transition.RESTAURER, par):
            self.passer(
                {EtatFiche.ARCHIVEE},
                EtatFiche.PUBLIEE,
                par=par,
                action=Transition.RESTAURER,
                motif="",
            )
            avis.aux_auteurs(self, "publiee")

    def ouvrir_revision(self, par):
        """The working copy of a published fiche: the one already open, or a new one."""
        with self._si_permis(Transition.OUVRIR_REVISION, par):
            ouverte = self.revisions.filter(etat__in=EtatFiche.en_cours()).first()
            if ouverte:
                return ouverte
            # The copy is filled already: its sections count as saved once.
            versions = {section.code: 1 for section in PARCOURS}
            copie = type(self)(revision_de=self, exemple=self.exemple, versions=versions)
            for champ in CHAMPS_DU_CONTENU:
                setattr(copie, champ, getattr(self, champ))
            copie.save()
            copie.auteurs.set(self.auteurs.all())
            self._copier_les_liens(copie)
            consigner(self, Transition.OUVRIR_REVISION, par)
        return copie

    def supprimer_brouillon(self, par):
        """Delete a fiche that was never published, with its remarks and links."""
        with self._si_permis(Transition.SUPPRIMER_BROUILLON, par):
            consigner(self, Transition.SUPPRIMER_BROUILLON, par)
            self.delete()

    # --- Helpers -------------------------------------------------------------------------
    @contextmanager
    def _si_permis(self, transition, par):
        """Lock the row, read it again, and refuse with the reason if the transition may not be.

        Checking under the lock means that what is checked (completeness, state) is what moves.
        """
        with transaction.atomic():
            try:
                self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
            except type(self).DoesNotExist:
                raise TransitionRefusee("Cette fiche n’existe plus.") from None
            if raison := self.raison_de_ne_pas(transition, par):
                raise TransitionRefusee(raison)
            yield

    def _hors_moderation(self, par) -> str | None:
        return None if modere(par) else RESERVE_A_LA_MODERATION

    def _hors_etat(self, permis, phrases=None) -> str | None:
        if self.etat in permis:
            return None
        etat = EtatFiche(self.etat).label.lower()
        return (phrases or {}).get(self.etat, f"Ce n’est pas possible : l’état est « {etat} ».")

    def _autre_revision_ouverte(self) -> bool:
        return bool(self.revision_de_id) and (
            self.revision_de.revisions.filter(etat__in=EtatFiche.en_cours())
            .exclude(pk=self.pk)
            .exists()
        )

    @staticmethod
    def _motif(motif: str) -> str:
        motif = (motif or "").replace("\x00", "").strip()
        if not motif:
            raise TransitionRefusee("Dites pourquoi : les auteurs liront ce motif.")
        return motif[:2000]

    def _publier_a_une_adresse_libre(self, par):
        """Publish at ``titre``, ``titre-2``…: the unique index decides between two at once."""
        racine = slugify(self.titre)[:70].strip("-") or f"fiche-{str(self.uuid)[:8]}"
        prises = set(
            type(self)._base_manager.filter(slug__startswith=racine).values_list("slug", flat=True)
        )
        candidates = (racine if n == 1 else f"{racine}-{n}" for n in range(1, 100_000))
        libres = (adresse for adresse in candidates if adresse not in prises)
        for _, adresse in zip(range(ESSAIS_D_ADRESSE), libres, strict=False):
            try:
                with transaction.atomic():
                    self.passer(
                        {EtatFiche.SOUMISE},
                        EtatFiche.PUBLIEE,
                        par=par,
                        action=Transition.PUBLIER,
                        slug=adresse,
                        publiee_le=timezone.now(),
                    )
                    return
            except IntegrityError as erreur:
                if "slug" not in str(erreur):
                    raise
        raise TransitionRefusee("Trop de fiches portent ce titre. Précisez-le.")

    def _verser_dans_l_original(self, par):
        """Pour this revision into the published fiche, whose address and dates stay."""
        originale = type(self)._base_manager.select_for_update().get(pk=self.revision_de_id)
        if originale.etat != EtatFiche.PUBLIEE:  # archived between the check and the lock
            raise TransitionRefusee("La fiche d’origine n’est plus publiée.")
        for champ in CHAMPS_DU_CONTENU:
            setattr(originale, champ, getattr(self, champ))
        originale.modifiee_le = timezone.now()
        originale.save(update_fields=[*CHAMPS_DU_CONTENU, "modifiee_le"])
        originale.liens.all().delete()
        self._copier_les_liens(originale)
        originale.auteurs.add(*self.auteurs.all())
        self.remarques.update(fiche=originale)
        genre = ContentType.objects.get_for_model(self)
        EntreeJournal.objects.filter(type_objet=genre, cle_objet=str(self.pk)).update(
            cle_objet=str(originale.pk)
        )
        consigner(
            originale, Transition.PUBLIER, par, de=self.etat, vers=originale.etat, revision=True
        )
        self.delete()
        avis.aux_auteurs(originale, "publiee", mise_a_jour=True)
        return originale

    def _copier_les_liens(self, vers):
        for lien in self.liens.all():
            vers.liens.create(titre=lien.titre, url=lien.url)
