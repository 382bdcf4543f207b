"""The demonstration of stories: one in each state, all invented."""

from ressources.models import Parole, PersonneCitee

MANQUE = "Dites en une phrase qui a participé à la relecture."
COMMERCE = "Ce texte présente une offre commerciale : ce n’est pas un récit d’expérience."
# title, who tells, what, with whom, what changed, what again, signature, state
RECITS = (
    (
        "Nous avons réécrit la lettre d’accueil (exemple)",
        "ensemble",
        "La lettre envoyée avant une hospitalisation faisait 3 pages. Personne ne la lisait. Nous "
        "l’avons reprise phrase par phrase, pendant 4 réunions.",
        "2 patientes partenaires, une cadre, et Sonia Modèle, secrétaire du service.",
        "La lettre tient sur une page. Les appels pour demander l’heure et l’étage ont presque "
        "disparu. L’équipe relit maintenant tous ses courriers avec un patient.",
        "Commencer par lire la lettre à voix haute, ensemble. Nous inviterions aussi un proche.",
        "Un binôme du sud de la région",
        "publiee",
    ),
    (
        "Un café mensuel avec les aidants (exemple)",
        "proche",
        "Une fois par mois, une salle ouverte, sans programme. Les aidants parlent, un soignant "
        "écoute et répond quand on le lui demande.",
        "Une dizaine d’aidants, une infirmière, une association.",
        "Je ne me sens plus seul. L’infirmière dit qu’elle comprend mieux les sorties difficiles.",
        "Garder l’heure fixe. Nous demanderions plus tôt une salle accessible.",
        "Un aidant",
        "publiee",
    ),
    (
        "Former les internes à deux voix (exemple)",
        "patient",
        "J’anime avec un médecin une heure de formation sur l’annonce du diagnostic.",
        "Un médecin, 12 internes à chaque fois.",
        "Les internes posent d’autres questions. Moi, j’ose dire quand je suis fatigué.",
        "Préparer la séance à deux, la veille, au calme.",
        "",
        "proposee",
    ),
    (
        "Relire les consignes de sortie (exemple)",
        "professionnel",
        "Nous relisons les consignes de sortie avec un comité d’usagers.",
        "L’équipe.",
        "Moins de retours aux urgences pour une question simple.",
        "Commencer plus petit.",
        "",
        "a_revoir",
    ),
    ("Ma méthode en 5 jours (exemple)", "professionnel", "Je vends une méthode.", "Mes clients.",
     "Tout.", "Acheter la suite.", "Un conseiller", "refusee"),
    (
        "Le groupe de parole du jeudi (exemple)",
        "patient",
        "Un groupe de parole tenu pendant un an par 2 patients.",
        "2 patients, une psychologue.",
        "Le groupe s’est arrêté, mais 3 personnes se voient encore.",
        "Prévoir la fin dès le début.",
        "Un des 2 animateurs",
        "retiree",
    ),
    ("Notre premier comité mixte (exemple)", "", "", "", "", "", "", "brouillon"),
)  # fmt: skip
CHAMPS = ("titre", "raconte", "quoi", "avec_qui", "change", "referions", "signature")


def charger(personnes) -> int:
    """Add the stories that are not there yet. One quotes somebody, one is told of a fiche."""
    fiches = Parole._meta.get_field("fiche").related_model.objects.publiees()
    fiche = fiches.filter(titre__icontains="aidants").order_by("pk").first()
    ajoutees = 0
    for rang, (*textes, etat) in enumerate(RECITS):
        if Parole.objects.filter(titre=textes[0], exemple=True).exists():
            continue
        une = Parole.objects.create(
            **dict(zip(CHAMPS, textes, strict=True)),
            auteur=personnes[rang % 2],
            fiche=fiche if rang == 1 else None,
            domaines=["parcours"],
            exemple=True,
        )
        if rang == 0:
            _citer(une)
        _mener(une, etat)
        ajoutees += 1
    return ajoutees


def _citer(une) -> None:
    """Somebody who is named by her first name alone, as she agreed."""
    PersonneCitee.objects.create(
        parole=une, nom="Sonia Modèle", nommee_comme="Sonia", accord="atteste"
    )


def _mener(une, etat: str) -> None:
    """By the transitions that people use."""
    if etat != "brouillon":
        une.soumettre(None)
    if etat in ("publiee", "retiree"):
        une.publier(None)
    if etat == "retiree":
        une.retirer(une.auteur)
    elif etat == "a_revoir":
        une.faire_revoir(None, MANQUE)
    elif etat == "refusee":
        une.refuser(None, COMMERCE)
