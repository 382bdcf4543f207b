"""Counting and paging filtered lists, the same way for every app and at every size.

One SQL query counts every code of every facet, whatever their number: bitmaps (see indexation.py)
are combined block by block inside PostgreSQL. A facet is counted under all active filters except
its own. The same query gives back the mask of what is found; a second one turns the mask into the
identifiers of a page. Between the two nothing can disagree: the mask is the answer.
"""

import re
from dataclasses import dataclass, field

from django.db import connection

from hubpartenariat.socle.indexation import ZERO, Index
from hubpartenariat.socle.liste import Demande
from hubpartenariat.socle.recherche import sql_de_requete

PAR_PAGE = 20
PEU = 2000  # up to here, rows are fetched by identifier and sorted; above, an index is walked
RANG_AU_PLUS = 2000  # the most recent among these are ranked; common words have no best fiche
ORDRES = {
    "recentes": ("date DESC, objet_id DESC", "date, objet_id"),
    "titre": ("cle_titre, objet_id", "cle_titre DESC, objet_id DESC"),
}


@dataclass(frozen=True)
class Comptes:
    """Counts of one list: its total, each code of each facet, and the mask of what it holds."""

    total: int
    facettes: dict[str, dict[str, int]]
    masque: str | None = field(repr=False)  # "0101…", bit n for row n; None: everything

    @property
    def filtre(self) -> bool:
        return self.masque is not None


class _Masques:
    """The active filters of a demand, each a set of bitmaps; combined as asked."""

    def __init__(self, demande: Demande):
        self.genre = demande.index.genre
        self.parametres: list = [self.genre]
        self.noms: list[str] = []
        self.ctes = ["tout AS MATERIALIZED (SELECT bloc, bits FROM socle_bitsfacette"]
        self.ctes[0] += " WHERE genre = %s AND facette = '' AND code = '')"
        if demande.q:
            requete, valeurs = sql_de_requete(demande.q)
            self._ajouter("texte", f"SELECT * FROM hub_bits_du_texte(%s, {requete})", valeurs)
        if demande.lieu:
            self._ajouter(
                "lieu",
                "SELECT (objet_id / 2048)::int AS bloc,"
                f" bit_or(set_bit('{ZERO}'::bit(2048), (objet_id %% 2048)::int, 1)) AS bits"
                " FROM socle_entreeindex WHERE genre = %s AND lieu IN"
                " (SELECT code FROM socle_commune WHERE code = %s OR parent_id = %s) GROUP BY 1",
                [demande.lieu, demande.lieu],
            )
        for facette, codes in demande.choix.items():
            self._ajouter(
                facette,
                "SELECT bloc, bit_or(bits) AS bits FROM socle_bitsfacette"
                " WHERE genre = %s AND facette = %s AND code = ANY(%s) GROUP BY bloc",
                [facette, list(codes)],
            )

    def _ajouter(self, nom: str, select: str, valeurs: list) -> None:
        self.noms.append(nom)
        self.ctes.append(f"m_{nom} AS MATERIALIZED ({select})")
        self.parametres += [self.genre, *valeurs]

    def combines(self, sauf: str | None = None) -> str:
        """SELECT bloc, bits: rows that pass every filter, but for the one named ``sauf``."""
        noms = [nom for nom in self.noms if nom != sauf]
        bits = " & ".join(["tout.bits", *(f"m_{nom}.bits" for nom in noms)])
        jointures = "".join(f" JOIN m_{nom} USING (bloc)" for nom in noms)
        return f"SELECT bloc, {bits} AS bits FROM tout{jointures}"

    def a_plat(self, table: str) -> str:
        """The bitmaps of ``table`` end to end, as text; blocks without any row are zeros."""
        return (
            f"(SELECT string_agg(coalesce(p.bits, '{ZERO}'::bit(2048))::text, '' ORDER BY n)"
            f" FROM generate_series(0, (SELECT max(bloc) FROM {table})) AS n"
            f" LEFT JOIN {table} AS p ON p.bloc = n)"
        )

    def avec(self, *ctes: str) -> str:
        return "WITH " + ",\n".join([*self.ctes, *ctes]) + "\n"


def compter(demande: Demande) -> Comptes:
    """Total and counts of every facet under ``demande``. One query."""
    masques = _Masques(demande)
    if masques.noms:
        # '*' is the mask of facets without a filter, and of the total.
        par_cible = [f"SELECT '*' AS cible, bloc, bits FROM ({masques.combines()}) AS x"]
        par_cible += [
            f"SELECT '{facette}', bloc, bits FROM ({masques.combines(sauf=facette)}) AS x"
            for facette in demande.choix
        ]
        actives = ", ".join(f"'{facette}'" for facette in demande.choix) or "NULL"
        sql = masques.avec(
            f"cibles AS MATERIALIZED ({' UNION ALL '.join(par_cible)})",
            "trouvees AS MATERIALIZED (SELECT bloc, bits FROM cibles WHERE cible = '*')",
        )
        sql += (
            "SELECT facette, code, sum(nombre)::int,"
            f" CASE WHEN facette = '' THEN {masques.a_plat('trouvees')} END"
            # OFFSET 0: count the bits first, so that what is grouped is small.
            " FROM (SELECT f.facette, f.code, bit_count(f.bits & c.bits) AS nombre"
            " FROM socle_bitsfacette AS f JOIN cibles AS c ON c.bloc = f.bloc AND c.cible ="
            f" CASE WHEN f.facette IN ({actives}) THEN f.facette ELSE '*' END"
            " WHERE f.genre = %s OFFSET 0) AS x GROUP BY facette, code"
        )
        parametres = [*masques.parametres, masques.genre]
    else:
        sql = (
            "SELECT facette, code, sum(bit_count(bits))::int, NULL FROM socle_bitsfacette"
            " WHERE genre = %s GROUP BY facette, code"
        )
        parametres = [masques.genre]
    facettes = {f.nom: dict.fromkeys(f.codes, 0) for f in demande.index.facettes}
    total, masque = 0, "" if masques.noms else None
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        for facette, code, nombre, plat in curseur:
            if not facette:
                total, masque = nombre, plat
            elif code in facettes.get(facette, ()):
                facettes[facette][code] = nombre
    return Comptes(total, facettes, masque)


def identifiants(demande: Demande, comptes: Comptes, debut: int = 0, nombre: int | None = None):
    """Keys of the rows ``debut``, ``debut + 1``… in the order asked. One query."""
    if nombre is None:
        nombre = comptes.total
    nombre = min(nombre, comptes.total - debut)
    if nombre <= 0:
        return []
    genre = demande.index.genre
    if demande.ordre == "pertinence" and demande.q:
        return _par_pertinence(demande, comptes, debut, nombre)
    ordre, inverse = ORDRES["titre" if demande.ordre == "titre" else "recentes"]
    condition, parametres = _dans_le_masque(comptes)
    # Past the middle the index is walked from its other end.
    a_rebours = debut > comptes.total // 2 and comptes.total > PEU
    if a_rebours:
        ordre, debut = inverse, comptes.total - debut - nombre
    sql = (
        f"SELECT objet_id FROM socle_entreeindex WHERE genre = %s{condition}"
        f" ORDER BY {ordre} LIMIT %s OFFSET %s"
    )
    trouves = _colonne(sql, [genre, *parametres, nombre, debut])
    return trouves[::-1] if a_rebours else trouves


def _par_pertinence(demande, comptes, debut, nombre) -> list[int]:
    """By rank, then date. Beyond a few thousand finds only the most recent are ranked."""
    requete, valeurs = sql_de_requete(demande.q)
    condition, parametres = _dans_le_masque(comptes)
    sql = (
        "SELECT objet_id FROM (SELECT objet_id, date, vecteur FROM socle_entreeindex"
        f" WHERE genre = %s{condition} ORDER BY date DESC, objet_id DESC LIMIT %s) AS e"
        f" ORDER BY ts_rank('{{0.05, 0.2, 0.5, 1}}', vecteur, {requete}) DESC,"
        " date DESC, objet_id DESC LIMIT %s OFFSET %s"
    )
    genre = demande.index.genre
    if debut + nombre > RANG_AU_PLUS:  # a page so far is read by date
        autre = demande.avec(tri="recentes")
        return identifiants(autre, comptes, debut, nombre)
    return _colonne(sql, [genre, *parametres, RANG_AU_PLUS, *valeurs, nombre, debut])


def _dans_le_masque(comptes: Comptes) -> tuple[str, list]:
    if not comptes.filtre:
        return "", []
    if comptes.total <= PEU:
        return " AND objet_id = ANY(%s)", [[m.start() for m in re.finditer("1", comptes.masque)]]
    # A row published since the mask was made lies outside it: get_bit would raise.
    return (
        " AND CASE WHEN objet_id < %s THEN get_bit(%s::bit varying, objet_id::int) = 1 END",
        [len(comptes.masque), comptes.masque],
    )


def premiers(demande: Demande, nombre: int) -> list[int]:
    """Keys of the most recent rows found, without counting anything. One query."""
    masques = _Masques(demande)
    sql = masques.avec(
        f"trouvees AS MATERIALIZED ({masques.combines()})",
        f"plat AS MATERIALIZED (SELECT {masques.a_plat('trouvees')}::bit varying AS bits)",
    )
    sql += (
        "SELECT objet_id FROM socle_entreeindex WHERE genre = %s"
        " AND CASE WHEN objet_id < (SELECT length(bits) FROM plat)"
        " THEN get_bit((SELECT bits FROM plat), objet_id::int) = 1 END"
        " ORDER BY date DESC, objet_id DESC LIMIT %s"
    )
    return _colonne(sql, [*masques.parametres, masques.genre, nombre])


def croiser(index: Index, une: str, autre: str) -> dict[tuple[str, str], int]:
    """How many rows carry each pair of codes of two facets; absent pairs have none. One query."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT a.code, b.code, sum(bit_count(a.bits & b.bits))::int"
            " FROM socle_bitsfacette AS a JOIN socle_bitsfacette AS b USING (genre, bloc)"
            " WHERE genre = %s AND a.facette = %s AND b.facette = %s GROUP BY 1, 2",
            [index.genre, une, autre],
        )
        return {(a, b): nombre for a, b, nombre in curseur}


def par_lieu(demande: Demande, comptes: Comptes) -> dict[str, int]:
    """How many of the found rows each commune has ("" for none), its own filter put aside.

    One query, two when a commune is chosen.
    """
    if demande.lieu:
        masques = _Masques(demande)
        sql = masques.avec(f"trouvees AS ({masques.combines(sauf='lieu')})")
        sql += "SELECT (SELECT sum(bit_count(bits))::int FROM trouvees), "
        sql += masques.a_plat("trouvees")
        with connection.cursor() as curseur:
            curseur.execute(sql, masques.parametres)
            total, masque = curseur.fetchone()
        comptes = Comptes(total or 0, {}, masque or "")
    condition, parametres = _dans_le_masque(comptes)
    with connection.cursor() as curseur:
        curseur.execute(
            f"SELECT lieu, count(*) FROM socle_entreeindex WHERE genre = %s{condition}"
            " GROUP BY lieu",
            [demande.index.genre, *parametres],
        )
        return dict(curseur.fetchall())


def _colonne(sql: str, parametres: list) -> list[int]:
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return [ligne[0] for ligne in curseur]
