"""What a parameter may receive from somebody who tries things. Percent-encoded, as sent."""

from urllib.parse import quote_plus

LONG = 100_000
PIRATE = "pirate.example"  # no answer may send anybody there
SVG = "<svg/onload=alert(7)>"  # no page may hold it as it is
CALCUL, RESULTAT = "{{98765431*98765433}}", str(98765431 * 98765433)


def _code(texte: str) -> str:
    return quote_plus(texte, safe="")


VALEURS: dict[str, str] = {
    "vide": "",
    "espace": "+",
    "nul": "%00",
    "nul-dedans": "a%00b",
    "100-ko": "a" * LONG,
    "100-ko-accents": _code("é") * (LONG // 6),
    "demi-codet": "%ED%A0%80",
    "utf8-faux": "%FF%FE%C3%28",
    "pourcent-casse": "%zz%",
    "pourcent-double": "%2500",
    "saut-de-ligne": "a%0D%0AX-Pirate:%201",
    "controle": "%01%07%1B%7F%C2%85",
    "insecable": _code("\u00a0\u202f\ufeff"),
    "droite-a-gauche": _code("\u202eevitisop\u202c شريك"),
    "diacritiques": _code("Z" + "\u0317\u0345\u0306" * 300),
    "emoji": _code("👩🏽‍⚕️🧑‍🦽🏳️‍🌈"),
    "hors-plan": _code("\U0010ffff\U000e0041"),
    "chiffres-arabes": _code("٣٤"),
    "exposant": _code("²³"),
    "negatif": "-1",
    "zero": "0",
    "enorme": "1" + "0" * 30,
    "entier-64": "9223372036854775808",
    "entier-32": "2147483648",
    "5000-chiffres": "9" * 5000,
    "nan": "NaN",
    "infini": "1e999",
    "flottant": "1.5",
    "hexa": "0x41",
    "souligne": "1_000",
    "vrai": "true",
    "null": "null",
    "liste-json": _code('[["a",{"b":null}]]'),
    "json-casse": _code('{"a":'),
    "json-profond": "%5B" * 5000,
    "sql": _code("' OR 1=1; DROP TABLE cartographie_fiche;--"),
    "sql-2": _code('") UNION SELECT password FROM comptes_utilisateur--'),
    "like": "%25_%25%5C",
    "regex": _code("(a+)+$" + "a" * 40 + "!"),
    "tsquery": _code("a & | ! ( <-> :* '"),
    "html": _code(f'">{SVG}'),
    "script": _code("</script><script>alert(7)</script>"),
    "gabarit": _code(f"{CALCUL}{{% load static %}}{{% include 'base.html' %}}"),
    "chemin": _code("../../../../etc/passwd"),
    "chemin-2": "..%2f..%5c%2e%2e%2f",
    "fichier": _code("file:///etc/passwd"),
    "javascript": _code("javascript:alert(7)"),
    "ailleurs": _code(f"https://{PIRATE}/"),
    "ailleurs-2": _code(f"//{PIRATE}/"),
    "ailleurs-3": _code(f"/\\{PIRATE}"),
    "date-impossible": "2026-02-30",
    "date-annee-zero": "0000-00-00",
    "date-tardive": "99999-12-31",
    "heure": "25%3A61",
    "crochets": "%5B%5D",
    "format": "%25s%25n%25d",
    "formule": _code('=HYPERLINK("https://exemple.fr")'),
    "courriel": _code("a@b@c, <d@e.fr>"),
    "uuid-faux": "00000000-0000-0000-0000-00000000000g",
    "pickle": _code("gASVBQAAAAAAAAB9lC4="),
}
# Those that most often reach a database or a header: tried one parameter at a time.
DANGEREUSES = (
    "nul", "100-ko", "enorme", "liste-json", "ailleurs", "5000-chiffres", "nan", "exposant",
)  # fmt: skip
REPETITIONS = 400

# Path segments: no "/" (it would be another address), never empty.
SEGMENTS = [
    quote_plus(brut) if not brut.startswith("%") else brut
    for brut in (
        "%00", "a%00b", "%ED%A0%80", "%FF", "%zz", "%2e%2e", "%2e%2e%2fetc", "%0D%0Aa", "%20",
        "-1", "0", "1" + "0" * 30, "9223372036854775808", "9" * 400, "NaN", "1e999", "é", "²", "٣",
        "\u202ea", "👩🏽‍⚕️", "' OR 1=1--", "<svg>", "{{7*7}}", "a" * 3000, "[]", "null",
        "00000000-0000-0000-0000-000000000000", "_3C", "_5F_00", ":", ";a=b", "add", "None",
    )
]  # fmt: skip

CORPS: dict[str, tuple[str, bytes]] = {
    "json-casse": ("application/json", b'{"a": '),
    "json-profond": ("application/json", b"[" * 50_000),
    "json-nan": ("application/json", b'{"a": NaN, "b": 1e999, "c": "\\ud800", "d": "\\u0000"}'),
    "json-liste": ("application/json", b"[1, null]"),
    "xml": ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    "sans-type": ("", b"a=1"),
    "type-faux": ("a/b; charset=\xff".encode("latin-1").decode("latin-1"), b"a=1"),
    "jeu-inconnu": ("application/x-www-form-urlencoded; charset=martien", b"a=%C3%A9"),
    "jeu-utf16": ("application/x-www-form-urlencoded; charset=utf-16", b"a=1&b=%00"),
    "trop-de-champs": ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 2000)),
    "trop-gros": ("application/x-www-form-urlencoded", b"a=" + b"b" * 2_600_000),
    "binaire": ("application/x-www-form-urlencoded", bytes(range(256))),
    "esperluettes": ("application/x-www-form-urlencoded", b"&=&=&;==%&+"),
    "sans-frontiere": ("multipart/form-data", b"--x\r\n\r\n"),
    "frontiere-fausse": ("multipart/form-data; boundary=x", b"--y\r\nrien"),
    "frontiere-longue": ("multipart/form-data; boundary=" + "x" * 300, b"--x--"),
    "tronque": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="titre"\r\n\r\nabc',
    ),
    "nom-nul": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a\x00b"; filename="c\x00/../d.png"\r\n'
        b"Content-Type: image/png\r\n\r\n\x00\x00\r\n--x--\r\n",
    ),
    "fichier-remonte": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="fichier"; filename="../../../etc/passwd"'
        b"\r\n\r\nroot\r\n--x--\r\n",
    ),
    "fichier-vide": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="fichier"; filename=""\r\n\r\n\r\n--x--\r\n',
    ),
    "base64-faux": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--x--\r\n",
    ),
}  # fmt: skip

FICHIERS: dict[str, tuple[str, bytes]] = {
    "vide": ("a.csv", b""),
    "nul": ("a.csv", b"titre,resume\n\x00,\x00\n"),
    "binaire": ("a.csv", bytes(range(256)) * 20),
    "utf16": ("a.csv", "titre,resume\na,b\n".encode("utf-16")),
    "sans-entete": ("a.csv", b"\n\n\n"),
    "colonnes": ("a.csv", b"uuid,titre\n" + b"x," * 3000 + b"\n"),
    "cles-fausses": ("a.csv", b"id,uuid,titre,etat\n1e999,pas-un-uuid,a,nimporte\n-1,,b,publiee\n"),
    "formule": ("a.csv", b'uuid,titre\n,"=HYPERLINK(""https://exemple.fr"")"\n'),
    "xlsx-faux": ("a.xlsx", b"PK\x03\x04 ceci n'est pas un classeur"),
    "xls": ("a.xls", b"\xd0\xcf\x11\xe0" * 8),
    "nom": ("../\u202ea.csv", b"uuid,titre\n,a\n"),
}
