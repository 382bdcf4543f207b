"""What a project writes and signs: read by its participants, kept when one of them leaves."""

from django.db.models import Q

from hubpartenariat.socle.registre import Cercle, Classe, Effacement, champs, declarer, internes
from ressources.models import Ecrit, InvitationAuProjet, Signature, Version

EQUIPE = Cercle.EQUIPE
CONSERVATION = "Celle du projet."
A_TOUS = "Ce sont les mots de tout le projet, pas ceux d’une personne."


def presents(projet) -> set[int]:
    return {cle for cle in projet.presents().values_list("personne", flat=True) if cle}


def de_l_ecrit(ecrit) -> set[int]:
    return presents(ecrit.projet)


declarer(
    InvitationAuProjet,
    internes("id uuid projet voix creee_par creee_le acceptee_le annulee_le"),
    champs("courriel", Classe.PERSONNELLE, (Cercle.PROPRIETAIRE,)),
    finalite="Inviter une personne dans un projet.",
    conservation="30 jours.",
    # Theirs who is asked, and theirs who wrote the address: both erase it when they go.
    a_moi=lambda p: InvitationAuProjet.objects.filter(Q(courriel__iexact=p.email) | Q(creee_par=p)),
    # Whoever wrote the address reads it again, to call the invitation back.
    cercles={Cercle.PROPRIETAIRE: lambda invitation: {invitation.creee_par_id}},
)

declarer(
    Ecrit,
    internes("id uuid projet genre pour revision cree_le modifie_le"),
    champs("titre clauses", Classe.PERSONNELLE, (EQUIPE,), garde=A_TOUS),
    finalite="Écrire ensemble une charte ou une lettre de mission.",
    conservation=CONSERVATION,
    cercles={EQUIPE: de_l_ecrit},
)

declarer(
    Version,
    internes("id ecrit numero empreinte signataires proposee_par proposee_le"),
    champs("clauses", Classe.PERSONNELLE, (EQUIPE,), garde=A_TOUS),
    finalite="Garder le texte exact que chacun a signé.",
    conservation=CONSERVATION,
    cercles={EQUIPE: lambda version: de_l_ecrit(version.ecrit)},
)

declarer(
    Signature,
    internes("id version participation voix empreinte moyen signee_le"),
    champs(
        "nom",
        Classe.PERSONNELLE,
        (EQUIPE,),
        garde="Une signature est un accord donné aux autres : elle reste sur le texte signé.",
    ),
    finalite="Savoir qui a approuvé quel texte, et quand.",
    conservation=CONSERVATION,
    effacement=Effacement.GARDER,
    pourquoi="Une signature est un accord donné aux autres : elle reste sur le texte signé.",
    a_moi=lambda p: Signature.objects.filter(participation__personne=p),
    effacer=lambda p: None,  # the deletion of the participation empties the link
    cercles={
        EQUIPE: lambda s: de_l_ecrit(s.version.ecrit),
        Cercle.PROPRIETAIRE: lambda s: {s.participation.personne_id} if s.participation else set(),
    },
)
