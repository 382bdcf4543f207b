-- The public rows of {table}, poured into the index by statement: a bulk load is one statement.
-- ``ids`` NULL means all. Computed from the rows as they are now, never from what they were.
CREATE OR REPLACE FUNCTION hub_index_{genre}(ids bigint[]) RETURNS void
LANGUAGE sql AS $corps$
  DELETE FROM socle_entreeindex e
  WHERE e.genre = '{genre}' AND (ids IS NULL OR e.objet_id = ANY (ids))
    AND NOT EXISTS (SELECT FROM {table} o WHERE o.id = e.objet_id AND {condition});
  INSERT INTO socle_entreeindex AS e (genre, objet_id, date, cle_titre, lieu, codes, vecteur)
  SELECT '{genre}', o.id, {date}, hub_cle_de_tri({titre}), coalesce({lieu}, ''), c.codes,
    {vecteur}
  FROM {table} o
  CROSS JOIN LATERAL (SELECT {codes} AS codes) AS c
  WHERE {condition} AND (ids IS NULL OR o.id = ANY (ids))
  ON CONFLICT (genre, objet_id) DO UPDATE
  SET date = excluded.date, cle_titre = excluded.cle_titre, lieu = excluded.lieu,
      codes = excluded.codes, vecteur = excluded.vecteur
  WHERE (e.date, e.cle_titre, e.lieu, e.codes, e.vecteur)
    IS DISTINCT FROM
    (excluded.date, excluded.cle_titre, excluded.lieu, excluded.codes, excluded.vecteur);
$corps$;

CREATE OR REPLACE FUNCTION hub_index_{genre}_suivre() RETURNS trigger
LANGUAGE plpgsql AS $corps$
DECLARE
  ids bigint[];
BEGIN
  -- A draft that stays a draft costs one look at its state.
  IF TG_OP = 'INSERT' THEN
    ids := ARRAY(SELECT o.id FROM nouvelles o WHERE {condition});
  ELSIF TG_OP = 'DELETE' THEN
    ids := ARRAY(SELECT o.id FROM anciennes o WHERE {condition});
  ELSE
    ids := ARRAY(SELECT o.id FROM nouvelles o WHERE {condition}
                 UNION SELECT o.id FROM anciennes o WHERE {condition});
  END IF;
  IF ids <> '{{}}' THEN
    PERFORM hub_index_{genre}(ids);
  END IF;
  RETURN NULL;
END
$corps$;

CREATE OR REPLACE FUNCTION hub_index_{genre}_vider() RETURNS trigger
LANGUAGE plpgsql AS $corps$
BEGIN
  DELETE FROM socle_entreeindex WHERE genre = '{genre}';
  RETURN NULL;
END
$corps$;

CREATE OR REPLACE TRIGGER index_ajout AFTER INSERT ON {table}
  REFERENCING NEW TABLE AS nouvelles FOR EACH STATEMENT EXECUTE FUNCTION hub_index_{genre}_suivre();
CREATE OR REPLACE TRIGGER index_changement AFTER UPDATE ON {table}
  REFERENCING NEW TABLE AS nouvelles OLD TABLE AS anciennes
  FOR EACH STATEMENT EXECUTE FUNCTION hub_index_{genre}_suivre();
CREATE OR REPLACE TRIGGER index_retrait AFTER DELETE ON {table}
  REFERENCING OLD TABLE AS anciennes FOR EACH STATEMENT EXECUTE FUNCTION hub_index_{genre}_suivre();
CREATE OR REPLACE TRIGGER index_vidage AFTER TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION hub_index_{genre}_vider();

-- Everything from nothing: this text has changed, or has never run here.
SELECT hub_index_{genre}(NULL);
SELECT hub_bits_refaire('{genre}', coalesce(array_agg(DISTINCT bloc ORDER BY bloc), '{{}}'))
FROM (SELECT (objet_id / {bloc})::int AS bloc FROM socle_entreeindex WHERE genre = '{genre}'
      UNION SELECT bloc FROM socle_bitsfacette WHERE genre = '{genre}') AS blocs;
COMMENT ON FUNCTION hub_index_{genre}(bigint[]) IS '{empreinte}';
