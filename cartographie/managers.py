"""Questions asked of the fiches, each with a name."""

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When

from cartographie.enums import EtatFiche


def a_moderer(modele) -> Q:
    ecrite_par = modele.auteurs.through.objects.filter(fiche=OuterRef("pk"))
    return ~Q(etat=EtatFiche.BROUILLON) | ~Exists(ecrite_par)


class FicheQuerySet(models.QuerySet):
    def publiees(self):
        """Fiches that everyone may read."""
        return self.filter(etat=EtatFiche.PUBLIEE)

    def pour_vignettes(self):
        """Only the columns that a card of a list and the JSON list show."""
        return self.only(
            "uuid",
            "slug",
            "titre",
            "resume",
            "type_structure",
            "structure_nom",
            "departements",
            "commune_id",
            "domaines",
            "themes",
            "exemple",
            "publiee_le",
        )

    def en_moderation(self):
        """Fiches that wait for the moderators, the oldest first."""
        return self.filter(etat=EtatFiche.SOUMISE).order_by("soumise_le", "pk")

    def moderables(self):
        """What the moderators may read: everything but the drafts of others.

        A draft belongs to its authors until they send it; an imported one has none.
        """
        return self.filter(a_moderer(self.model))

    def with_suite(self):
        """With what the page of their authors shows: open remarks and open revisions counted."""
        ouvertes = Q(remarques__levee_le=None, remarques__isnull=False)
        en_cours = Q(revisions__etat__in=EtatFiche.en_cours())
        return self.annotate(
            nb_remarques=Count("remarques", filter=ouvertes, distinct=True),
            nb_revisions=Count("revisions", filter=en_cours, distinct=True),
        )

    def par_urgence(self):
        """Those that wait for their authors first, then the latest written."""
        ordre = [EtatFiche.A_COMPLETER, EtatFiche.BROUILLON, EtatFiche.SOUMISE, EtatFiche.PUBLIEE]
        rangs = [When(etat=etat, then=Value(rang)) for rang, etat in enumerate(ordre)]
        return self.order_by(Case(*rangs, default=Value(len(ordre))), "-modifiee_le", "-pk")

    def visible_par(self, personne):
        """What ``personne`` may read: published, their own, or everything for moderators."""
        if personne.is_authenticated and personne.has_perm("cartographie.moderer_fiche"):
            return self.filter(a_moderer(self.model) | Q(pk__in=personne.fiches.values("pk")))
        publiees = Q(etat=EtatFiche.PUBLIEE)
        if not personne.is_authenticated:
            return self.filter(publiees)
        return self.filter(publiees | Q(pk__in=personne.fiches.values("pk")))

    def commencer(self, personne):
        """The empty draft of ``personne``: a new one, or the one opened and never filled.

        The row of the person is locked, so that a double click makes one draft.
        """
        with transaction.atomic():
            get_user_model().objects.select_for_update().get(pk=personne.pk)
            vide = self.filter(
                auteurs=personne, etat=EtatFiche.BROUILLON, versions={}, revision_de=None
            ).first()
            if vide:
                return vide
            fiche = self.create()
            fiche.auteurs.add(personne)
        return fiche

    def modifiable_par(self, personne):
        """What ``personne`` may write now: their own fiches in a state open to writing."""
        return self.filter(auteurs=personne, etat__in=EtatFiche.modifiables())


class RemarqueQuerySet(models.QuerySet):
    def ouvertes(self):
        """Remarks that the authors have not answered yet."""
        return self.filter(levee_le=None)
