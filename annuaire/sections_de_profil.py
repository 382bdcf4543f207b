"""The sections of a profile, in reading order. Nothing is required but a pseudonym, at opening."""

from hubpartenariat.socle.formulaires import Parcours, Section

PARCOURS = Parcours(
    [
        Section(
            code="qui-je-suis",
            titre="Qui je suis ici",
            minutes=2,
            champs=(
                "pseudonyme",
                "majeur",
                "representant",
                "appellation",
                "experience",
                "formations",
                "association",
                "langues",
            ),
        ),
        Section(
            code="ce-que-je-sais",
            titre="Ce que je sais de l’avoir vécu",
            minutes=3,
            champs=("savoirs", "themes", "amenagements"),
        ),
        Section(
            code="ce-que-je-cherche",
            titre="Ce que je cherche",
            minutes=3,
            champs=("domaines", "missions", "souhaits", "reconnaissance"),
        ),
        Section(
            code="quand-et-ou",
            titre="Quand, où, à quel rythme",
            minutes=2,
            champs=(
                "territoires",
                "a_distance",
                "disponibilites",
                "contraintes",
                "sollicitations_par_mois",
                "missions_actives_max",
            ),
        ),
        Section(
            code="qui-voit-quoi",
            titre="Qui voit quoi",
            minutes=3,
            champs=("visibilites",),
        ),
        Section(
            code="mes-coordonnees",
            titre="Mes coordonnées",
            minutes=1,
            champs=("partage_courriel", "telephone"),
        ),
    ]
)

GARDES = {"pseudonyme", "majeur", "representant", "sollicitations_par_mois", "missions_actives_max"}
CHAMPS_A_EFFACER = tuple(
    champ for section in PARCOURS for champ in section.champs if champ not in GARDES
)
