-- Rises with each deletion of items. Whoever remembers numbers of items asks for it, under the lock of those who write rows of
-- items, and forgets them when it has risen.
CREATE SEQUENCE item_deletion;
