"""Contact details are recognised in every usual disguise; ordinary sentences pass."""

import time

import pytest

from annuaire.coordonnees import contient_des_coordonnees

COORDONNEES = [
    # E-mail
    "Écrivez-moi à camille.roche@exemple.fr",
    "camille.roche @ exemple . fr",
    "camille arobase exemple point fr",
    "camille (at) exemple.fr",
    "camille[at]exemple[.]fr",
    "CAMILLE＠EXEMPLE.FR",
    "c\u200bamille@\u200bexemple.fr",
    "camille.roche chez gmail",
    "Je suis @camille_roche sur le réseau",
    # Phone
    "0612345678",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "06-12-34-56-78",
    "06/12/34/56/78",
    "06, 12, 34, 56, 78",
    "06:12:34:56:78",
    "0 6 1 2 3 4 5 6 7 8",
    "06\u00a012\u202f34\u00a056\u00a078",
    "0.1.4.3.2.1.9.8.7.6",
    "O6 12 34 56 78",
    "zéro 6 12 34 56 78",
    "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
    "０６１２３４５６７８",
    "٠٦١٢٣٤٥٦٧٨",
    "0️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
    "6 12 34 56 78, avec un zéro devant",
    "+33 6 12 34 56 78",
    "+33(0)612345678",
    "0033 6 12 34 56 78",
    "+32 470 12 34 56",
    "Mon numéro :06 12 34 56 78.",
    "Rendez-vous le 12/01/2026, ou au 06 12 34 56 78",
    # Links
    "https://exemple.fr/moi",
    "HTTP://EXEMPLE",
    "www.exemple.fr",
    "Tout est sur exemple.fr",
    "EXEMPLE.FR",
    "exemple point com",
    "wa.me/33612345678",
    "t.me/camille",
    "linktr.ee/camille",
    "Insta : camille.roche",
    "WhatsApp: Camille R",
]
INNOCENTES = [
    "",
    "J’ai participé à un atelier en 2019, 2020 et 2021.",
    "Depuis 2019-2020, je prends 500 mg matin et soir, puis 0,5 mg le mardi.",
    "Doses : 0,5 ; 0,25 ; 0,125 mg",
    "J’habite dans le 75013, près du 94270 et du 93100.",
    "75013 75014 75015 92120 93100",
    "Disponible dans les départements 75, 77, 78, 91, 92, 93, 94, 95",
    "Le 01/02/2026 de 14:30 à 16:00, ou le 03/02/2026 à 9h30",
    "Les 02.03.2026 et 04.03.2026, salle 12",
    "De 08:30 à 09:30, de 10:00 à 11:15",
    "Créneaux : 08:30 09:30 10:00 11:00",
    "Environ 1 200 000 personnes sont concernées, soit 12,5 %.",
    "Un budget de 10 000 euros, + 2 000 euros de frais",
    "En urgence on appelle le 15, le 112 ou le 3114.",
    "Glycémie à 1,26 puis 1,42 puis 0,95 g/l",
    "Nous avançons ensemble.Franchement, c’est bien.",
    "Nous échangeons sur un groupe WhatsApp de l’association.",
    "Ma tension est de 12/8, parfois 13/9.",
    "Groupe de 6 à 10 personnes, 2 fois par mois, 3 h.",
    "Le point fort de l’équipe : elle écoute.",
    "À ce point, il faut tout reprendre à zéro.",
    "J’ai deux, trois, quatre ou cinq idées.",
    "L’INSERM, la HAS et l’ARS (Île-de-France) ont écrit p. ex. un guide.",
    "Article 9, paragraphe 2, alinéa 1 du règlement 2016/679",
    "J’ai suivi 40 heures d’ETP, le module 1.2.3 et le 4.5.6.",
]


@pytest.mark.parametrize("phrase", COORDONNEES)
def test_les_coordonnees_sont_reconnues(phrase):
    assert contient_des_coordonnees(phrase)


@pytest.mark.parametrize("phrase", INNOCENTES)
def test_les_phrases_ordinaires_passent(phrase):
    assert not contient_des_coordonnees(phrase)


@pytest.mark.parametrize("motif", ["0 ", "+", "06 ", "a", "a.", "1/1/", "zero ", "(at", "o", "@ "])
def test_un_texte_long_et_hostile_est_lu_vite(motif):
    debut = time.perf_counter()
    contient_des_coordonnees(motif * 20_000)
    assert time.perf_counter() - debut < 2
