-- A request may have parts whose keys are destroyed one by one: they are no requests themselves.
ALTER TABLE request_key ADD COLUMN part_of uuid; -- the request; absent: this is one
