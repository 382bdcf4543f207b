"""Mails are rows first, sent after commit by the worker, at most once acknowledged."""

import re
import smtplib
import unicodedata
import uuid
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models
from django.db.models import F, Q
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from hubpartenariat.socle import travaux

ESSAIS_MAX = 8
ATTENTE = timedelta(seconds=30)  # before the second attempt; four times longer after each failure
ATTENTE_MAX = timedelta(hours=6)
# Raised by a server that is away or busy: worth another try. Anything else is final.
PASSAGERES = (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError)
RAISON = "Vous recevez ce message car cette adresse est celle d’un compte du hub."


class EtatCourriel(models.TextChoices):
    EN_ATTENTE = "en_attente", "En attente"
    EN_COURS = "en_cours", "En cours d’envoi"
    ENVOYE = "envoye", "Envoyé"
    ECHEC = "echec", "Échec"


class CourrielQuerySet(models.QuerySet):
    def dus(self, maintenant=None):
        """Mails that may be sent now, the oldest first."""
        maintenant = maintenant or timezone.now()
        return self.filter(
            Q(prochain_essai__isnull=True) | Q(prochain_essai__lte=maintenant),
            etat=EtatCourriel.EN_ATTENTE,
        ).order_by("cree_le", "pk")


class Courriel(models.Model):
    """One mail to one person."""

    destinataire = models.EmailField("destinataire")
    sujet = models.CharField("sujet", max_length=250)
    texte = models.TextField("texte")
    html = models.TextField("HTML", blank=True)
    expediteur = models.CharField("expéditeur", max_length=250)
    cle = models.CharField(  # noqa: DJ001 — NULL: no idempotency asked
        "clé d’unicité", max_length=120, unique=True, null=True, blank=True, editable=False
    )
    confidentiel = models.BooleanField("porte un code ou un lien personnel", default=False)
    # A text that ties an address to something anonymous: kept until it is sent, not after.
    sans_trace = models.BooleanField("texte oublié après l’envoi", default=False, editable=False)
    etat = models.CharField(
        "état", max_length=12, choices=EtatCourriel, default=EtatCourriel.EN_ATTENTE
    )
    essais = models.PositiveSmallIntegerField("essais", default=0)
    prochain_essai = models.DateTimeField("prochain essai", null=True, blank=True)
    erreur = models.CharField("dernière erreur", max_length=500, blank=True)
    jeton = models.UUIDField("essai en cours", null=True, editable=False)
    pris_le = models.DateTimeField("pris le", null=True, editable=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)

    objects = CourrielQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel"
        ordering = ["-cree_le", "-pk"]
        indexes = [
            models.Index(
                fields=["cree_le"],
                condition=Q(etat__in=["en_attente", "en_cours"]),
                name="courriel_a_envoyer",
            )
        ]

    def __str__(self):
        return f"{self.sujet} → {self.destinataire}"

    @property
    def identifiant(self) -> str:
        """Message-ID: the same at each attempt, so that a second copy is known as such."""
        domaine = parseaddr(self.expediteur)[1].rpartition("@")[2] or "hub.example"
        unique = uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.ADRESSE_PUBLIQUE}/courriel/{self.pk}")
        return f"<{unique}@{domaine}>"

    def message(self, connexion=None) -> EmailMultiAlternatives:
        """The mail as Django sends it."""
        message = EmailMultiAlternatives(
            self.sujet,
            self.texte,
            self.expediteur,
            [self.destinataire],
            connection=connexion,
            headers={"Message-ID": self.identifiant, "Auto-Submitted": "auto-generated"},
            reply_to=[settings.ADRESSE_DE_CONTACT],
        )
        if self.html:
            message.attach_alternative(self.html, "text/html")
        message.courriel = self
        return message

    def prendre(self) -> bool:
        """Become the one worker that sends this mail. Conditional update, one query."""
        maintenant, jeton = timezone.now(), uuid.uuid4()
        prise = Courriel.objects.dus(maintenant).order_by().filter(pk=self.pk)
        if not prise.update(
            etat=EtatCourriel.EN_COURS, jeton=jeton, pris_le=maintenant, essais=F("essais") + 1
        ):
            return False
        self.jeton, self.essais = jeton, self.essais + 1
        return True

    def conclure(self, **champs) -> bool:
        """Write the outcome, unless another attempt took the mail over meanwhile."""
        a_moi = Courriel.objects.filter(pk=self.pk, jeton=self.jeton, etat=EtatCourriel.EN_COURS)
        return bool(travaux.avec_reprise(lambda: a_moi.update(jeton=None, **champs)))

    def expedier(self) -> bool:
        """Hand the mail (already taken) to the mail server and write the outcome."""
        try:
            self.message(get_connection(settings.COURRIEL_TRANSPORT)).send()
        except Exception as erreur:
            return not self._echouer(erreur)
        oubli = {"texte": "", "html": ""} if self.sans_trace else {}
        self.conclure(etat=EtatCourriel.ENVOYE, envoye_le=timezone.now(), erreur="", **oubli)
        return True

    def _echouer(self, erreur: Exception) -> bool:
        texte = f"{type(erreur).__name__} : {erreur}"[:500]
        if est_passagere(erreur) and self.essais < ESSAIS_MAX:
            attente = min(ATTENTE * 4 ** (self.essais - 1), ATTENTE_MAX)
            return self.conclure(
                etat=EtatCourriel.EN_ATTENTE, erreur=texte, prochain_essai=timezone.now() + attente
            )
        return self.conclure(etat=EtatCourriel.ECHEC, erreur=texte)

    def renvoyer(self) -> bool:
        """Send again a mail that failed, or at once one that waits. For the team."""
        remis = Courriel.objects.filter(
            pk=self.pk, etat__in=[EtatCourriel.ECHEC, EtatCourriel.EN_ATTENTE]
        ).update(etat=EtatCourriel.EN_ATTENTE, essais=0, prochain_essai=None)
        if remis:
            reveiller(self.pk)
        return bool(remis)


def est_passagere(erreur: Exception) -> bool:
    """Whether the same mail may well pass later (server away, busy or asking to wait)."""
    if isinstance(erreur, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _ in erreur.recipients.values())
    if isinstance(erreur, smtplib.SMTPResponseException):
        return 400 <= erreur.smtp_code < 500 or erreur.smtp_code == -1
    if isinstance(erreur, smtplib.SMTPException):  # an OSError too: named here before it
        return isinstance(erreur, PASSAGERES)
    return isinstance(erreur, OSError)


def envoyer(destinataire, gabarit, contexte, *, cle=None, **options) -> Courriel:
    """Queue a mail written by ``templates/courriels/<gabarit>.txt`` in the caller's transaction.

    The first line of the template is the subject. ``contexte["raison"]`` says why the person
    receives it (a default stands). With ``cle``, the same mail is never queued twice.
    ``options``: ``confidentiel`` (holds a code or a personal link), ``sans_trace`` (its text is
    forgotten once sent).
    """
    sujet, texte = _composer(gabarit, contexte)
    return mettre_en_file(destinataire, sujet, texte, cle=cle, **options)


def rediger(destinataire, gabarit, contexte, *, cle=None, confidentiel=False) -> Courriel:
    """The same mail as a row not saved yet, for those who write thousands at once."""
    sujet, texte = _composer(gabarit, contexte)
    return Courriel(cle=cle, confidentiel=confidentiel, **_champs(destinataire, sujet, texte))


def mettre_en_file(destinataire, sujet, texte, **champs) -> Courriel:
    """Write the row of a mail and wake a worker on commit. Idempotent when ``cle`` is given."""
    champs = _champs(destinataire, sujet, texte) | champs
    if cle := champs.pop("cle", None):
        courriel, nouveau = Courriel.objects.get_or_create(cle=cle, defaults=champs)
    else:
        courriel, nouveau = Courriel.objects.create(**champs), True
    if nouveau:
        reveiller(courriel.pk)
    return courriel


def _composer(gabarit, contexte) -> tuple[str, str]:
    tout = {
        "NOM_DU_HUB": "Hub du partenariat en santé",
        "ADRESSE": settings.ADRESSE_PUBLIQUE,
        "CONTACT": settings.ADRESSE_DE_CONTACT,
        "raison": RAISON,
    } | contexte
    sujet, _, texte = _rendre(f"courriels/{gabarit}.txt", tout).lstrip().partition("\n")
    return sujet, f"{texte.strip()}\n\n{_rendre('courriels/pied.txt', tout).strip()}\n"


def _champs(destinataire, sujet, texte) -> dict:
    sujet = " ".join(sujet.split())[:250]
    return {
        "destinataire": destinataire,
        "sujet": sujet,
        "texte": texte,
        "html": en_html(sujet, texte),
        "expediteur": settings.DEFAULT_FROM_EMAIL,
    }


def reveiller(cle: int) -> None:
    """Tell a worker of this mail once the caller's transaction is committed."""
    from hubpartenariat.socle.tasks import envoyer_courriel

    travaux.reveiller_apres_validation(envoyer_courriel, cle)


def _rendre(nom: str, contexte: dict) -> str:
    """A text template: nothing is escaped, since a mail's text is no HTML."""
    return get_template(nom).template.render(Context(contexte, autoescape=False))


# --- The same words in HTML ------------------------------------------------------------------
_ADRESSE = re.compile(r"https?://[^\s<>\"’»]+[^\s<>\"’».,;:!?)]")
_CODE = re.compile(r"(?=.*[0-9A-Z])[0-9A-Z]{3,10}(?:-[0-9A-Z]{3,10})?")


def en_html(sujet: str, texte: str) -> str:
    """The HTML version of a mail, built from its text: paragraphs, lists, links in full."""
    blocs = [bloc for bloc in re.split(r"\n\s*\n", texte.strip()) if bloc.strip()]
    pied = ""
    if len(blocs) > 1 and blocs[-1].lstrip().startswith("-- "):
        pied = _paragraphe(blocs.pop().lstrip()[3:].lstrip())
    corps = mark_safe("\n".join(_bloc(bloc) for bloc in blocs))  # noqa: S308 — escaped in _bloc
    return render_to_string(
        "courriels/base.html", {"sujet": sujet, "corps": corps, "pied": pied or ""}
    )


def _bloc(bloc: str) -> str:
    lignes = [ligne.strip() for ligne in bloc.strip().splitlines()]
    if all(ligne.startswith(("- ", "– ")) for ligne in lignes):
        puces = format_html_join("", "<li>{}</li>", ((_liens(li[2:]),) for li in lignes))
        return format_html('<ul style="margin:0 0 16px;padding-left:24px">{}</ul>', puces)
    if len(lignes) == 1 and _CODE.fullmatch(lignes[0]):
        return format_html(
            '<p style="margin:0 0 16px;font-size:28px;letter-spacing:3px;font-weight:700">{}</p>',
            lignes[0],
        )
    return format_html('<p style="margin:0 0 16px">{}</p>', _paragraphe("\n".join(lignes)))


def _paragraphe(texte: str) -> str:
    return format_html_join(mark_safe("<br>\n"), "{}", ((_liens(li),) for li in texte.splitlines()))


def _liens(ligne: str) -> str:
    morceaux, fin = [], 0
    for trouve in _ADRESSE.finditer(ligne):
        adresse = escape(trouve.group())
        morceaux += [escape(ligne[fin : trouve.start()])]
        morceaux += [format_html('<a href="{0}" style="color:#0e5a66">{0}</a>', adresse)]
        fin = trouve.end()
    return mark_safe("".join([*morceaux, escape(ligne[fin:])]))  # noqa: S308 — each part escaped


# --- Transports --------------------------------------------------------------------------------
class FileDeCourriels(BaseEmailBackend):
    """Django's mail backend of the hub: turns each message into Courriel rows.

    What comes this way was written by allauth: codes and personal links, hence confidential.
    """

    def send_messages(self, email_messages):
        envoyes = 0
        for message in email_messages:
            for destinataire in message.recipients():
                mettre_en_file(
                    destinataire,
                    message.subject,
                    message.body,
                    expediteur=message.from_email,
                    confidentiel=True,
                )
                envoyes += 1
        return envoyes


class DossierDeCourriels(BaseEmailBackend):
    """Transport of the embedded set-up: one readable text file per mail, and its HTML beside.

    The name comes from the row alone (date, recipient, subject), so that a mail sent a second
    time after a crash takes the place of the first.
    """

    def send_messages(self, email_messages):
        dossier = Path(settings.EMAIL_FILE_PATH)
        dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            nom = self.nom(message)
            html = next((c for c, t in message.alternatives if t == "text/html"), "")
            if html:
                self._ecrire(dossier / f"{nom}.html", html)
            self._ecrire(dossier / f"{nom}.txt", self.texte(message))
        return len(email_messages)

    @staticmethod
    def nom(message) -> str:
        courriel = getattr(message, "courriel", None)
        quand = timezone.localtime(courriel.cree_le if courriel else None)
        simple = unicodedata.normalize("NFKD", message.to[0]).encode("ascii", "ignore").decode()
        qui = re.sub(r"[^A-Za-z0-9.@_+-]", "_", simple)[:60].lstrip(".")
        quoi = slugify(message.subject)[:60].strip("-") or "sans-sujet"
        suffixe = f"_{courriel.pk}" if courriel else f"_{uuid.uuid4().hex[:8]}"
        return f"{quand:%Y-%m-%d_%Hh%M-%S}_{qui}_{quoi}{suffixe}"

    @staticmethod
    def texte(message) -> str:
        courriel = getattr(message, "courriel", None)
        quand = timezone.localtime(courriel.cree_le if courriel else None)
        entetes = [
            f"De : {message.from_email}",
            f"À : {', '.join(message.to)}",
            f"Répondre à : {', '.join(message.reply_to)}",
            f"Date : {quand:%d/%m/%Y à %H:%M:%S}",
            f"Objet : {message.subject}",
        ]
        return "\n".join(entetes) + f"\n{'─' * 72}\n\n{message.body.rstrip()}\n"

    @staticmethod
    def _ecrire(chemin: Path, contenu: str) -> None:
        provisoire = chemin.with_name(f".{chemin.name}.{uuid.uuid4().hex[:8]}")
        try:
            provisoire.write_text(contenu, encoding="utf-8")
            provisoire.replace(chemin)
        finally:
            provisoire.unlink(missing_ok=True)
