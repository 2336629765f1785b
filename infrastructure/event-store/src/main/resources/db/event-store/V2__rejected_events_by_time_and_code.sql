-- Operators read refused events newest first and work through them oldest first, all of a game's or those of one code.
-- They are counted by code from the index alone: the rows are wide.
CREATE INDEX rejected_event_by_time ON rejected_event (tenant, received_at, id);
CREATE INDEX rejected_event_by_code ON rejected_event (tenant, code, received_at, id) INCLUDE (expires_at);
DROP INDEX rejected_event_by_tenant;
