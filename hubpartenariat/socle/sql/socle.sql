-- Text: lower case, folding, stemming, without any extension nor collation of the system, so that
-- the same SQL gives the same answer on every PostgreSQL from 15 on.

-- Lower case, ligatures opened, punctuation as spaces (the parser's idea of it varies by locale).
-- Letters are taken apart first: a lower() that knows ASCII alone then knows every letter.
CREATE OR REPLACE FUNCTION hub_texte(t text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $corps$
  SELECT normalize(regexp_replace(
    replace(replace(lower(normalize(coalesce(t, ''), NFKD) COLLATE "C"), 'œ', 'oe'), 'Œ', 'oe'),
    '[!-/:-@\[-`{-~ ‘’‚‛“”„«»‹›–—‐‑−•·¡¿§©®°…]+', ' ', 'g'), NFC)
$corps$;

-- Accents off, on a text that is already lower case.
CREATE OR REPLACE FUNCTION hub_plier(t text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $corps$
  SELECT regexp_replace(normalize(t, NFD), '[\u0300-\u036f]+', '', 'g')
$corps$;

-- French alphabetical order, to be compared byte by byte: letters first, accents to settle ties.
CREATE OR REPLACE FUNCTION hub_cle_de_tri(t text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $corps$
DECLARE
  propre text := left(btrim(hub_texte(t)), 300);
BEGIN
  RETURN hub_plier(propre) || chr(1) || propre;
END
$corps$;

-- Every word twice at the same place: its stem folded, and the stem of its folded form. One who
-- types without accents is stemmed differently (partagées → partag, partagees → partage).
CREATE OR REPLACE FUNCTION hub_vecteur(t text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $corps$
DECLARE
  propre text := hub_texte(t);
BEGIN
  RETURN (hub_plier(to_tsvector('pg_catalog.french', propre)::text) || ' '
    || to_tsvector('pg_catalog.french', hub_plier(propre))::text)::tsvector;
END
$corps$;

-- What one typed word, or one phrase between quotes, asks for. Empty for a word like "de".
CREATE OR REPLACE FUNCTION hub_terme(t text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $corps$
  SELECT CASE WHEN numnode(exact) = 0 THEN exact ELSE hub_plier(exact::text)::tsquery || plie END
  FROM (SELECT phraseto_tsquery('pg_catalog.french', hub_texte(t)) AS exact,
               phraseto_tsquery('pg_catalog.french', hub_plier(hub_texte(t))) AS plie) AS formes
$corps$;

-- Several queries as one: all of them, any of them. Words like "de" ask for nothing.
CREATE OR REPLACE FUNCTION hub_et(requetes tsquery[]) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $corps$
DECLARE
  une tsquery;
  toutes tsquery := ''::tsquery;
BEGIN
  FOREACH une IN ARRAY requetes LOOP
    toutes := toutes && une;
  END LOOP;
  RETURN toutes;
END
$corps$;

CREATE OR REPLACE FUNCTION hub_ou(requetes tsquery[]) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $corps$
DECLARE
  une tsquery;
  une_au_moins tsquery := ''::tsquery;
BEGIN
  FOREACH une IN ARRAY requetes LOOP
    une_au_moins := une_au_moins || une;
  END LOOP;
  RETURN une_au_moins;
END
$corps$;

-- Bitmaps: row n of the index sets bit n % {bloc} of block n / {bloc}, for each code it carries.
-- A block is always computed again as a whole from the rows, under its own lock: nothing drifts.
CREATE OR REPLACE FUNCTION hub_bits_refaire(un_genre text, blocs int[]) RETURNS void
LANGUAGE plpgsql AS $corps$
DECLARE
  un_bloc int;
BEGIN
  FOREACH un_bloc IN ARRAY blocs LOOP
    -- The next statements see what the previous holder of the lock committed.
    PERFORM pg_advisory_xact_lock(hashtext('facettes ' || un_genre), un_bloc);
    WITH neufs AS MATERIALIZED (
      SELECT split_part(marque, ':', 1) AS facette, split_part(marque, ':', 2) AS code,
             bit_or(set_bit('{zero}'::bit({bloc}), (e.objet_id % {bloc})::int, 1)) AS bits
      FROM socle_entreeindex e, unnest(e.codes || ':'::text) AS marque
      WHERE e.genre = un_genre
        AND e.objet_id >= un_bloc::bigint * {bloc} AND e.objet_id < (un_bloc + 1)::bigint * {bloc}
      GROUP BY marque
    ), effaces AS (
      DELETE FROM socle_bitsfacette b
      WHERE b.genre = un_genre AND b.bloc = un_bloc AND NOT EXISTS (
        SELECT FROM neufs n WHERE n.facette = b.facette AND n.code = b.code)
    )
    INSERT INTO socle_bitsfacette AS b (genre, bloc, facette, code, bits)
    SELECT un_genre, un_bloc, facette, code, bits FROM neufs
    ON CONFLICT (genre, facette, code, bloc) DO UPDATE SET bits = excluded.bits
    -- The row of all ('') is always written: it makes stricter isolation levels notice.
    WHERE b.bits <> excluded.bits OR b.facette = '';
  END LOOP;
END
$corps$;

-- The rows that match a text, as bitmaps. A function of its own because the planner does not know
-- that looking at a vector means fetching it from elsewhere: for a common word it would read them
-- all, ten times slower than the GIN index.
CREATE OR REPLACE FUNCTION hub_bits_du_texte(un_genre text, requete tsquery)
RETURNS TABLE (bloc int, bits bit({bloc}))
LANGUAGE plpgsql STABLE ROWS 50 SET enable_seqscan = off SET jit = off AS $corps$
BEGIN
  RETURN QUERY
  SELECT (e.objet_id / {bloc})::int,
         bit_or(set_bit('{zero}'::bit({bloc}), (e.objet_id % {bloc})::int, 1))
  FROM socle_entreeindex e WHERE e.genre = un_genre AND e.vecteur @@ requete GROUP BY 1;
END
$corps$;

CREATE OR REPLACE FUNCTION hub_bits_suivre() RETURNS trigger
LANGUAGE plpgsql AS $corps$
DECLARE
  touche record;
BEGIN
  FOR touche IN EXECUTE CASE TG_OP
    WHEN 'INSERT' THEN
      'SELECT genre, array_agg(DISTINCT (objet_id / {bloc})::int ORDER BY (objet_id / {bloc})::int) AS blocs
       FROM nouvelles GROUP BY genre ORDER BY genre'
    WHEN 'DELETE' THEN
      'SELECT genre, array_agg(DISTINCT (objet_id / {bloc})::int ORDER BY (objet_id / {bloc})::int) AS blocs
       FROM anciennes GROUP BY genre ORDER BY genre'
    ELSE
      'SELECT genre, array_agg(DISTINCT (objet_id / {bloc})::int ORDER BY (objet_id / {bloc})::int) AS blocs
       FROM nouvelles n JOIN anciennes a USING (genre, objet_id)
       WHERE n.codes <> a.codes GROUP BY genre ORDER BY genre'
    END
  LOOP
    PERFORM hub_bits_refaire(touche.genre, touche.blocs);
  END LOOP;
  RETURN NULL;
END
$corps$;

CREATE OR REPLACE FUNCTION hub_bits_vider() RETURNS trigger
LANGUAGE plpgsql AS $corps$
BEGIN
  DELETE FROM socle_bitsfacette;
  RETURN NULL;
END
$corps$;

-- Vectors and codes live beside the rows, which then fit by the hundred in a page.
ALTER TABLE socle_entreeindex SET (toast_tuple_target = 128);

CREATE OR REPLACE TRIGGER bits_ajout AFTER INSERT ON socle_entreeindex
  REFERENCING NEW TABLE AS nouvelles FOR EACH STATEMENT EXECUTE FUNCTION hub_bits_suivre();
CREATE OR REPLACE TRIGGER bits_changement AFTER UPDATE ON socle_entreeindex
  REFERENCING NEW TABLE AS nouvelles OLD TABLE AS anciennes
  FOR EACH STATEMENT EXECUTE FUNCTION hub_bits_suivre();
CREATE OR REPLACE TRIGGER bits_retrait AFTER DELETE ON socle_entreeindex
  REFERENCING OLD TABLE AS anciennes FOR EACH STATEMENT EXECUTE FUNCTION hub_bits_suivre();
CREATE OR REPLACE TRIGGER bits_vidage AFTER TRUNCATE ON socle_entreeindex
  FOR EACH STATEMENT EXECUTE FUNCTION hub_bits_vider();
