"""What accounts hold about people, those of the packages that sign them in included."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse

from hubpartenariat.comptes.models import Consentement, Utilisateur
from hubpartenariat.socle.registre import Cercle, Classe, Effacement, champs, declarer, internes

MODERATION, PERSONNE, PROPRIETAIRE = Cercle.MODERATION, Cercle.PERSONNE, Cercle.PROPRIETAIRE

declarer(
    Utilisateur,
    internes("id last_login is_superuser is_staff is_active date_joined deux_facteurs_exiges"),
    internes("avertissements averti_le groups user_permissions"),
    champs("password", Classe.PERSONNELLE, (PERSONNE,)),
    champs("email nom", Classe.PERSONNELLE, (PROPRIETAIRE, MODERATION)),
    finalite="Vous reconnaître, vous écrire, vous appeler par votre nom.",
    conservation="Jusqu’à votre départ, ou 25 mois sans visite après deux avertissements.",
    effacement=Effacement.ANONYMISER,
    pourquoi=(
        "Une ligne vide reste, sans adresse ni nom, pour que ce qui a été publié garde son sens."
    ),
    a_moi=lambda p: Utilisateur.objects.filter(pk=p.pk),
    effacer=lambda p: None,  # by Utilisateur.anonymiser, which calls all this
    cercles={PROPRIETAIRE: lambda u: {u.pk}},
    corriger=lambda u: reverse("mon_nom"),
)

declarer(
    Consentement,
    internes("id personne finalite version donne_le expire_le renouvele_le retire_le rappele_le"),
    champs("texte", Classe.INTERNE),
    finalite="Prouver ce que vous avez accepté, et quand.",
    conservation="Jusqu’à votre départ.",
    a_moi=lambda p: Consentement.objects.filter(personne=p),
    cercles={PROPRIETAIRE: lambda c: {c.personne_id}},
)

declarer(
    EmailAddress,
    internes("id user verified primary"),
    champs("email", Classe.PERSONNELLE, (PROPRIETAIRE, MODERATION)),
    finalite="Vérifier que votre adresse est bien à vous.",
    conservation="Jusqu’à votre départ.",
    a_moi=lambda p: EmailAddress.objects.filter(user=p),
    cercles={PROPRIETAIRE: lambda e: {e.user_id}},
    corriger=lambda e: reverse("account_email"),
)

declarer(
    EmailConfirmation,
    internes("id email_address created sent"),
    champs("key", Classe.PERSONNELLE, (PERSONNE,)),
    finalite="Vérifier que votre adresse est bien à vous.",
    conservation="3 jours.",
    a_moi=lambda p: EmailConfirmation.objects.filter(email_address__user=p),
)

declarer(
    Authenticator,
    internes("id user type created_at last_used_at"),
    champs("data", Classe.PERSONNELLE, (PERSONNE,)),
    finalite="Protéger votre compte par une deuxième étape.",
    conservation="Jusqu’à ce que vous la retiriez, ou votre départ.",
    a_moi=lambda p: Authenticator.objects.filter(user=p),
)

declarer(
    UserSession,
    internes("id user created_at last_seen_at session_key data"),
    champs("ip user_agent", Classe.PERSONNELLE, (PROPRIETAIRE,)),
    finalite="Vous montrer où votre compte est ouvert.",
    conservation="14 jours après votre dernière visite.",
    a_moi=lambda p: UserSession.objects.filter(user=p),
    cercles={PROPRIETAIRE: lambda s: {s.user_id}},
)


def _gestes_sur(personne):
    """Lines of the administration about this account: they repeat its name."""
    genre = ContentType.objects.get_for_model(Utilisateur)
    return LogEntry.objects.filter(content_type=genre, object_id=str(personne.pk))


def _compte_du_geste(geste) -> set[int]:
    genre = ContentType.objects.get_for_model(Utilisateur)
    return {int(geste.object_id)} if geste.content_type_id == genre.pk else set()


declarer(
    LogEntry,
    internes("id action_time user content_type object_id action_flag change_message"),
    champs("object_repr", Classe.PERSONNELLE, (MODERATION, PROPRIETAIRE)),
    finalite="Savoir ce que l’équipe a changé dans l’administration.",
    conservation="5 ans.",
    effacement=Effacement.ANONYMISER,
    pourquoi="Si vous avez administré le hub, la trace de vos gestes reste, sans votre nom.",
    a_moi=lambda p: LogEntry.objects.filter(Q(user=p) | Q(pk__in=_gestes_sur(p).values("pk"))),
    effacer=lambda p: _gestes_sur(p).update(object_repr="Compte supprimé", change_message=""),
    cercles={PROPRIETAIRE: _compte_du_geste},
)

SANS_PERSONNE = "Le fonctionnement du hub ; cela ne concerne personne."
for modele, noms in (
    (Group, "id name permissions"),
    (Permission, "id name content_type codename"),
    (ContentType, "id app_label model"),
):
    declarer(modele, internes(noms), finalite=SANS_PERSONNE, conservation="Sans limite.")
