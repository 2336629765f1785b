-- Which person looked behind which pseudonyms. No id and no name of a player; kept when the player is erased.
CREATE TABLE read_audit (
    number     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    read_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    reader     text        NOT NULL CHECK (reader <> ''), -- the subject of the person's token
    game       text        NOT NULL,
    field      text        NOT NULL CHECK (field IN ('LOOK_UP', 'PLAYER_ID', 'DISPLAY_NAME')),
    pseudonyms uuid[]      NOT NULL CHECK (cardinality(pseudonyms) BETWEEN 1 AND 1000)
);
CREATE INDEX read_audit_of_a_player ON read_audit USING gin (pseudonyms);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit of reads is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON read_audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
