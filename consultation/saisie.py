"""Writing one answer: begun, saved page after page, sent, changed until closing, taken back.

The secret of the private link is given once and never stored: its digest finds the answer.
"""

import hashlib
import secrets
from random import SystemRandom

from django.db import IntegrityError, transaction
from django.utils import timezone

from consultation import questionnaires
from consultation.enums import Doute, EtatReponse, Source
from consultation.models import Avis, Priorite, Remarque, Reponse
from consultation.models.reponses import PRIORITES_MAX
from hubpartenariat.socle.formulaires import SaisiePerimee
from hubpartenariat.socle.moderation import TransitionRefusee

FERMEE = "La consultation n’accepte plus de réponses. Ce que vous aviez enregistré est gardé."
TROP_DE_PRIORITES = f"Choisissez {PRIORITES_MAX} propositions au plus."
PRIORITES, VOUS = "priorites", "vous"


def empreinte(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def commencer(consultation, *, source=Source.WEB, doute=Doute.RIEN) -> tuple[Reponse, str]:
    """A new answer and its secret (32 random bytes). Themes come in an order of its own."""
    if not consultation.accepte(source):
        raise TransitionRefusee(FERMEE)
    questionnaire = questionnaires.figer(consultation)
    themes = [theme["code"] for theme in questionnaire.contenu["themes"]]
    SystemRandom().shuffle(themes)
    secret = secrets.token_urlsafe(32)
    reponse = Reponse.objects.create(
        consultation=consultation,
        questionnaire=questionnaire,
        empreinte=empreinte(secret),
        ordre_des_themes=themes,
        source=source,
        douteuse=bool(doute),
        doute=doute,
    )
    return reponse, secret


def trouver(consultation, secret: str) -> Reponse | None:
    """The answer that this secret opens, or None. One query."""
    if not secret:
        return None
    return (
        Reponse.objects.filter(consultation=consultation, empreinte=empreinte(secret))
        .select_related("questionnaire", "consultation")
        .first()
    )


def enregistrer(reponse, page, ecrire, *, version, dessin="", rang=0) -> bool:
    """Save one page: ``ecrire(reponse)`` writes, with the row locked.

    ``version`` is the count that the page showed: a save made on an older one raises
    SaisiePerimee, unless it comes from the very page (``dessin``) that saved last. An older send
    of the same page that arrives late changes nothing: False.
    """
    with transaction.atomic():
        reponse.refresh_from_db(from_queryset=Reponse.objects.select_for_update(of=["self"]))
        if not reponse.consultation.accepte(reponse.source):
            raise TransitionRefusee(FERMEE)
        avant = reponse.versions.get(page, {})
        meme = bool(dessin) and avant.get("dessin") == dessin
        if meme and rang and rang < avant.get("rang", 0):
            return False
        if avant.get("n", 0) != version and not meme:
            raise SaisiePerimee
        ecrire(reponse)
        reponse.versions |= {
            page: {"n": avant.get("n", 0) + 1, "dessin": dessin[:36], "rang": rang}
        }
        reponse.modifiee_le = timezone.localdate()
        reponse.save(update_fields=["versions", "modifiee_le", "profil", "college"])
    return True


def ecrire_avis(reponse, codes_proposition, choix: dict, remarques: dict) -> None:
    """Replace what ``reponse`` says of these propositions.

    ``choix``: {(proposition, scale): modality, ``NSP`` or ""}; ``remarques``: {proposition: words}.
    """
    consultation = reponse.consultation
    propositions = {p.code: p for p in consultation.propositions.filter(code__in=codes_proposition)}
    echelles = {e.code: e for e in consultation.echelles.prefetch_related("modalites")}
    reponse.avis.filter(proposition__in=propositions.values()).delete()
    lignes = []
    for (code, nom), valeur in choix.items():
        if not valeur:
            continue
        echelle = echelles[nom]
        modalites = {m.code: m for m in echelle.modalites.all()}
        modalite = None if valeur == questionnaires.NSP else modalites[valeur]
        lignes.append(
            Avis(
                reponse=reponse,
                proposition=propositions[code],
                echelle=echelle,
                modalite=modalite,
            )
        )
    Avis.objects.bulk_create(lignes)
    for code, texte in remarques.items():
        ecrire_remarque(reponse, propositions[code], texte)


def ecrire_remarque(reponse, proposition, texte: str) -> None:
    """Keep these words; changed words are read again before they are published."""
    ici = Remarque.objects.filter(reponse=reponse, proposition=proposition)
    if not texte:
        ici.delete()
    elif not ici.filter(texte=texte).exists():
        ici.delete()
        Remarque.objects.create(reponse=reponse, proposition=proposition, texte=texte)


def ecrire_priorites(reponse, codes) -> None:
    """Replace the priorities. More than three is refused here, then by the database."""
    codes = list(dict.fromkeys(codes))
    if len(codes) > PRIORITES_MAX:
        raise TransitionRefusee(TROP_DE_PRIORITES)
    propositions = {p.code: p for p in reponse.consultation.propositions.filter(code__in=codes)}
    reponse.priorites.all().delete()
    Priorite.objects.bulk_create(
        Priorite(reponse=reponse, proposition=propositions[code], place=place)
        for place, code in enumerate(codes, 1)
    )


def ecrire_profil(reponse, profil: dict) -> None:
    """Keep the profile, and the collège that it gives."""
    reponse.profil = {code: valeur for code, valeur in profil.items() if valeur}
    code = questionnaires.college_de(reponse.questionnaire.contenu, reponse.profil)
    reponse.college = reponse.consultation.colleges.filter(code=code).first() if code else None


def envoyer(reponse) -> bool:
    """Send. Safe to do twice: False when it was sent already. The wording is that of now."""
    if not reponse.consultation.accepte(reponse.source):
        raise TransitionRefusee(FERMEE)
    if not (reponse.avis.exists() or reponse.priorites.exists() or reponse.remarques.exists()):
        raise TransitionRefusee("Votre réponse est encore vide : donnez au moins un avis.")
    return bool(
        Reponse.objects.filter(pk=reponse.pk, etat=EtatReponse.BROUILLON).update(
            etat=EtatReponse.ENVOYEE, envoyee_le=timezone.localdate()
        )
    )


def effacer(reponse) -> None:
    """Take one's answer back, whole, until the closing."""
    if not reponse.consultation.accepte(reponse.source):
        raise TransitionRefusee(FERMEE)
    reponse.delete()


def importer(consultation, cle: str, donnees: dict, questionnaire) -> bool:
    """One answer from another tool, once: False when the line ``cle`` is there already.

    ``donnees``: {"profil", "avis": {(proposition, scale): code}, "priorites", "remarques"}.
    """
    try:
        with transaction.atomic():
            reponse = Reponse(
                consultation=consultation,
                questionnaire=questionnaire,
                source=donnees.get("source", Source.IMPORT),
                cle_import=cle,
                etat=EtatReponse.ENVOYEE,
                envoyee_le=donnees.get("date") or timezone.localdate(),
            )
            ecrire_profil(reponse, donnees["profil"])
            reponse.save(force_insert=True)
            codes = {proposition for proposition, _ in donnees["avis"]}
            codes |= {code for code in donnees["remarques"] if code}
            textes = {code: t for code, t in donnees["remarques"].items() if code}
            ecrire_avis(reponse, codes, donnees["avis"], textes)
            ecrire_priorites(reponse, donnees["priorites"])
            ecrire_remarque(reponse, None, donnees["remarques"].get("", ""))
    except IntegrityError as erreur:
        if "reponse_importee_une_fois" in str(erreur):
            return False
        raise
    return True
