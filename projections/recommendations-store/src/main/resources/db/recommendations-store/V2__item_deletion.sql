-- Rises with each deletion of items. Whoever remembers numbers of items asks for it, under the lock of those who write rows of
-- items, and forgets them when it has risen. By a trigger, because a process of an earlier build may still delete items.
CREATE SEQUENCE item_deletion;

CREATE FUNCTION item_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM gone) THEN
        -- The one beside the table: each version has its own, and whoever deletes may look in another's schema.
        PERFORM nextval(format('%I.item_deletion', TG_TABLE_SCHEMA)::regclass);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER item_deleted AFTER DELETE ON item
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION item_deleted();
