"""The person behind an account: an e-mail address, a name to be called by, and roles."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from hubpartenariat.comptes import effaces
from hubpartenariat.comptes.consentements import Consentement, valide_pour
from hubpartenariat.comptes.enums import Role
from hubpartenariat.socle import registre
from hubpartenariat.socle.courriel import envoyer
from hubpartenariat.socle.journal import consigner


class UtilisateurQuerySet(models.QuerySet):
    def avec_role(self, role: Role):
        """Active accounts that hold ``role``."""
        return self.filter(is_active=True, groups__name=role)

    def avec_consentement(self, finalite):
        """Active accounts that agree to this purpose now: not withdrawn, not expired."""
        return self.filter(valide_pour("pk", finalite), is_active=True)

    def administrateurs(self):
        """Those who can give roles; the hub always keeps one."""
        return self.avec_role(Role.ADMINISTRATEUR)


class UtilisateurManager(BaseUserManager.from_queryset(UtilisateurQuerySet)):
    def create_user(self, email, password=None, **champs):
        """Create an ordinary account; without a password, sign-in is by mailed code."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        personne = self.model(email=self.normalize_email(email).lower(), **champs)
        personne.set_password(password)
        personne.save(using=self._db)
        return personne

    def create_superuser(self, email, password=None, **champs):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **champs)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Utilisateur(AbstractBaseUser, PermissionsMixin):
    """An account of the hub. The e-mail address is the only identifier."""

    email = models.EmailField("adresse e-mail", max_length=254, unique=True)
    nom = models.CharField("nom affiché", max_length=80, blank=True)
    is_staff = models.BooleanField("accès à l’administration", default=False)
    is_active = models.BooleanField("actif", default=True)
    date_joined = models.DateTimeField("inscription", default=timezone.now)
    # Follows the roles (see attribuer_roles); on the row, so that asking costs no query.
    deux_facteurs_exiges = models.BooleanField(
        "deuxième étape exigée à la connexion", default=False, editable=False
    )

    # Inactive accounts are warned twice, then erased (see purger_donnees).
    avertissements = models.PositiveSmallIntegerField(
        "avertissements d’inactivité", default=0, editable=False
    )
    averti_le = models.DateTimeField("averti le", null=True, editable=False)

    # Set by the middleware on a session that has not shown the second factor yet.
    pouvoirs_suspendus = False

    objects = UtilisateurManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "compte"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="utilisateur_email_unique",
                violation_error_message="Un compte existe déjà pour cette adresse.",
            )
        ]

    def __str__(self):
        return self.nom or self.email

    def get_full_name(self):
        return self.nom or self.email

    def get_short_name(self):
        return self.nom or self.email.split("@")[0]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the roles held. One query, the first time."""
        return frozenset(self.groups.values_list("name", flat=True))

    def a_role(self, *roles: Role) -> bool:
        """Does this person hold one of ``roles`` and may now use it?"""
        if self.pouvoirs_suspendus:
            return False
        return self.is_superuser or not self.roles.isdisjoint(roles)

    def has_perm(self, perm, obj=None):
        return not self.pouvoirs_suspendus and super().has_perm(perm, obj)

    def has_module_perms(self, app_label):
        return not self.pouvoirs_suspendus and super().has_module_perms(app_label)

    @property
    def doit_avoir_deux_facteurs(self) -> bool:
        """Staff and ARS reviewers may not work without a second factor. No query."""
        return self.deux_facteurs_exiges or self.is_staff or self.is_superuser

    def attribuer_roles(self, roles, par=None) -> bool:
        """Hold exactly ``roles``; access to the administration follows. False: nothing changed.

        The only way by which roles change, for the admin, the commands and the demo alike.
        Raises ValidationError rather than leave the hub without an administrator.
        """
        voulus = {Role(role) for role in roles}
        with transaction.atomic():
            # The row of the group is the lock: two administrators cannot remove each other.
            list(Group.objects.select_for_update().filter(name=Role.ADMINISTRATEUR))
            avant = {Role(nom) for nom in self.groups.values_list("name", flat=True) if nom in Role}
            if Role.ADMINISTRATEUR in avant - voulus:
                self._refuser_si_dernier_administrateur()
            champs = {
                "is_staff": self.is_superuser or not voulus.isdisjoint(Role.d_equipe()),
                "deux_facteurs_exiges": not voulus.isdisjoint(Role.exigeant_deux_facteurs()),
            }
            changes = [nom for nom, valeur in champs.items() if getattr(self, nom) != valeur]
            if voulus == avant and not changes:
                return False
            self.groups.set(Group.objects.filter(name__in=voulus))
            for nom in changes:
                setattr(self, nom, champs[nom])
            self.save(update_fields=champs)
            consigner(self, "roles", par, avant=sorted(avant), apres=sorted(voulus))
        self.__dict__.pop("roles", None)
        return True

    def activer(self, actif: bool, par=None) -> bool:
        """Open or close the account; a closed account cannot sign in and keeps its content."""
        with transaction.atomic():
            list(Group.objects.select_for_update().filter(name=Role.ADMINISTRATEUR))
            if not actif:
                self._refuser_si_dernier_administrateur()
            changes = Utilisateur.objects.filter(pk=self.pk, is_active=not actif)
            if not changes.update(is_active=actif):
                return False
            consigner(self, "reactivation" if actif else "desactivation", par)
        self.is_active = actif
        return True

    def raison_de_ne_pas_supprimer(self) -> str | None:
        """Why this account may not be deleted now, in French. At most two queries."""
        if self._est_dernier_administrateur():
            return (
                "Vous êtes la seule personne à administrer le hub. Donnez d’abord ce rôle à "
                "quelqu’un d’autre."
            )
        return None

    def anonymiser(self) -> None:
        """Erase the person; the row stays, so that what refers to it keeps its meaning."""
        with transaction.atomic():
            list(Group.objects.select_for_update().filter(name=Role.ADMINISTRATEUR))
            self._refuser_si_dernier_administrateur()
            registre.effacer(self)
            self.groups.clear()
            self.email = f"compte-supprime-{self.pk}@hub.invalid"
            self.nom = ""
            self.avertissements, self.averti_le, self.last_login = 0, None, None
            self.is_active = self.is_staff = self.is_superuser = self.deux_facteurs_exiges = False
            self.set_unusable_password()
            self.save()
            consigner(self, "suppression")
            effaces.noter(self.pk)

    def retirer_la_deuxieme_etape(self, par) -> bool:
        """For somebody who lost phone and recovery codes; they are told by mail."""
        with transaction.atomic():
            if not self.authenticator_set.all().delete()[0]:
                return False
            consigner(self, "deuxieme_etape_retiree", par)
            envoyer(self.email, "comptes/etape_retiree", {})
        return True

    def _est_dernier_administrateur(self) -> bool:
        administrateurs = Utilisateur.objects.administrateurs()
        return (
            administrateurs.filter(pk=self.pk).exists()
            and not administrateurs.exclude(pk=self.pk).exists()
        )

    def _refuser_si_dernier_administrateur(self) -> None:
        if self._est_dernier_administrateur():
            raise ValidationError(
                "Ce compte est le dernier administrateur du hub : donnez d’abord ce rôle à une "
                "autre personne."
            )


__all__ = ["Consentement", "Utilisateur"]
