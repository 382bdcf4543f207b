"""The sheet of a project, its steering body and its records: read by its participants."""

from hubpartenariat.socle.registre import Cercle, Classe, champs, declarer, internes
from ressources.models import FicheProjet, MembreDuPilotage, Releve, Validation
from ressources.rgpd.ecrits import A_TOUS, CONSERVATION, EQUIPE, de_l_ecrit, presents

declarer(
    FicheProjet,
    internes("id projet criteres_le revision modifiee_le"),
    champs(
        "diagnostic objectifs plan moyens calendrier criteres",
        Classe.PERSONNELLE,
        (EQUIPE,),
        garde=A_TOUS,
    ),
    finalite="Écrire ensemble ce que le projet vise et comment.",
    conservation=CONSERVATION,
    cercles={EQUIPE: de_l_ecrit},
)

declarer(
    MembreDuPilotage,
    internes("id fiche voix vote"),
    champs("nom", Classe.PERSONNELLE, (EQUIPE,), garde=A_TOUS),
    finalite="Dire qui pilote le projet, et qui y a une voix.",
    conservation=CONSERVATION,
    cercles={EQUIPE: lambda membre: presents(membre.fiche.projet)},
)

declarer(
    Releve,
    internes("id projet tenue_le revision attendus cree_le"),
    champs("titre texte", Classe.PERSONNELLE, (EQUIPE,), garde=A_TOUS),
    finalite="Garder ce que le projet a conclu en réunion.",
    conservation=CONSERVATION,
    cercles={EQUIPE: de_l_ecrit},
)

declarer(
    Validation,
    internes("id releve participation revision validee_le"),
    finalite="Savoir qui a validé un relevé.",
    conservation=CONSERVATION,
    a_moi=lambda p: Validation.objects.filter(participation__personne=p),
    cercles={Cercle.PROPRIETAIRE: lambda v: {v.participation.personne_id}},
)
