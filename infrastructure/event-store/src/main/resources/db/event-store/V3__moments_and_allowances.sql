-- Moments worth remembering that are no events, the latest of each name: overwritten, so no stream grows by them.
CREATE TABLE moment (
    tenant integer     NOT NULL,
    name   text        NOT NULL,
    at     timestamptz NOT NULL,
    PRIMARY KEY (tenant, name)
) WITH (fillfactor = 70);

-- What each tenant may still take, for all who share the database. Unlogged: taking waits for no disk, and after a crash
-- of the database everybody begins with all of it.
CREATE UNLOGGED TABLE allowance (
    tenant    integer          PRIMARY KEY,
    tokens    double precision NOT NULL,
    filled_at timestamptz      NOT NULL
) WITH (fillfactor = 20);
