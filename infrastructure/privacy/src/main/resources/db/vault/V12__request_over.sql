-- The events of each request that is over, as they lie sealed in the event store, for one that is put back to before its end.
-- Whoever reads them has the key of the game; they name nobody the request is about.
CREATE TABLE request_over (
    request uuid    PRIMARY KEY,
    events  integer NOT NULL CHECK (events > 0), -- how many
    sealed  bytea   NOT NULL
);
