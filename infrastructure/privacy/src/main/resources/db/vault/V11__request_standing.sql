-- How far each request is and when it is due, as its own events say: put down by whoever sends a command, and looked after.
-- For those who may read the vault and not the events. It names nobody.
CREATE TABLE request_standing (
    request     uuid        PRIMARY KEY,
    events      integer     NOT NULL, -- how many of the request's events this was read from
    type        text        NOT NULL,
    phase       text        NOT NULL,
    games       text[]      NOT NULL, -- of its subjects, each once
    subjects    integer     NOT NULL,
    received_at timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    extended    boolean     NOT NULL,
    is_over     boolean     NOT NULL -- the phase is its last
);
