"""Every document of a project: tagged as PDF/UA wants, and deaf to what people type in it."""

import pytest

from hubpartenariat.syntheses.management.commands.synthese import rendre
from ressources.accompagnement import attestations, bilan
from ressources.models import Bilan, Ecrit, FicheProjet
from ressources.projets import ecrits, fiche
from tests.outils.pdfua import defauts
from tests.ressources.outils_deux_voix import devoiler, projet_a_deux
from tests.socle.test_pdf import oreille  # noqa: F401 — a fixture
from tests.syntheses.outils import pages_de
from tests.syntheses.test_hostiles import SECRET, attaques

pytestmark = pytest.mark.django_db
CALME = "Deux réunions par mois.\nLe transport est remboursé."


def documents(texte: str) -> dict[str, dict]:
    """{kind: parameters} of a project where every text that reaches a document is ``texte``."""
    projet, pro, patient = projet_a_deux(texte[:150])
    type(projet).objects.filter(pk=projet.pk).update(resume=texte[:1000])
    passage = devoiler(projet, pro, patient)
    charte = Ecrit.objects.create(
        projet=projet,
        genre="charte",
        titre=texte[:150],
        clauses=[{"titre": texte[:120], "texte": texte[:4000]}] * 3,
    )
    version = ecrits.proposer(charte, 0, pro)
    for une in projet.presents():
        ecrits.signer(version, une, texte[:100], version.empreinte)
    champs = dict.fromkeys(fiche.CHAMPS, texte[:4000])
    fiche.enregistrer(
        projet, champs, [{"nom": texte[:120], "voix": "patient", "vote": True}], 0, pro
    )
    assert FicheProjet.objects.filter(projet=projet).exists()
    projet.releves.create(titre=texte[:150], tenue_le="2026-11-24", texte=texte[:8000])
    bilan.enregistrer(projet, dict.fromkeys(bilan.CHAMPS, texte[:4000]), 0, pro)
    assert Bilan.objects.filter(projet=projet).exists()
    moi = projet.presents().get(personne=patient)
    une = attestations.demander(moi, {
        "genre": "presence", "nom": texte[:120], "role": texte[:300],
        "du": "2026-09-01", "au": "2026-11-24", "heures": None,
    })  # fmt: skip
    une.refresh_from_db()
    attestations.cosigner(une, projet.presents().get(personne=pro))
    projets = {"projet": str(projet.uuid)}
    return {
        "ecrit": {"version": version.pk},
        "fiche_projet": projets,
        "invitation_projet": projets,
        "bilan": projets,
        "attestation_projet": {"attestation": str(une.uuid)},
        "deux_voix": {"passage": str(passage.uuid)},
    }


def test_each_is_tagged_and_says_what_was_typed(tmp_path):
    for genre, parametres in documents(CALME).items():
        contenu, pages = rendre(genre, parametres)
        assert defauts(contenu) == [], genre
        assert pages <= 3
        lu = " ".join(pages_de(contenu, tmp_path))
        if genre != "deux_voix":
            assert "Le transport est remboursé." in " ".join(lu.split()), genre


@pytest.mark.parametrize("sorte", ["html", "image", "style", "attachee", "gabarit", "mot",
                                   "droite_a_gauche", "controles", "emoji"])  # fmt: skip
def test_nothing_typed_is_fetched_nor_read(sorte, oreille, tmp_path):  # noqa: F811
    adresse, recus = oreille
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    texte = attaques(adresse, secret)[sorte].replace("\x00", "")
    for genre, parametres in documents(texte).items():
        contenu, _ = rendre(genre, parametres)
        assert contenu.startswith(b"%PDF-")
        assert SECRET not in " ".join(pages_de(contenu, tmp_path)), genre
        assert SECRET.encode() not in contenu
    assert recus == []
