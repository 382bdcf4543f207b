"""A text of a project as an OpenDocument file, to be worked on elsewhere. Nothing is kept."""

import io
import re

from odfdo import Document, Header, Paragraph

from ressources.projets.clauses import A_RELIRE

# All but what XML 1.0 can hold.
HORS_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def ecrire(titre: str, projet: str, clauses: list[dict], mentions: list[str]) -> bytes:
    """The file: a title, the clauses, what must be known of it, the lines to sign on."""
    titre, projet = _propre(titre), _propre(projet)
    document = Document("text")
    document.meta.title = f"{titre} – {projet}"
    document.meta.language = "fr-FR"
    # The blank document of the library numbers its titles; clauses have their own numbers.
    for plan in document.styles.get_elements("//text:outline-style"):
        plan.delete()
    corps = document.body
    corps.clear()
    corps.append(Header(1, titre))
    corps.append(Paragraph(projet))
    for rang, clause in enumerate(clauses, 1):
        corps.append(Header(2, f"{rang}. {_propre(clause['titre'])}"))
        for morceau in clause["texte"].split("\n"):
            if morceau.strip():
                corps.append(Paragraph(_propre(morceau)))
    corps.append(Header(2, "À savoir"))
    for mention in [*mentions, A_RELIRE]:
        corps.append(Paragraph(_propre(mention)))
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def _propre(texte: str) -> str:
    """Without what XML cannot hold."""
    return HORS_XML.sub("", texte)
