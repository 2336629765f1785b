-- Two halves. What players did, exact, moved with the checkpoints: game, item, source, interaction, purchase.
-- What is made of it and can be made again: model, item_vector, active_model, popular.

CREATE TABLE game (
    number  integer PRIMARY KEY,
    game_id text    NOT NULL UNIQUE
);

CREATE TABLE item (
    number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    game    integer NOT NULL,
    item_id text    NOT NULL
);
-- The hash, because an id may be longer than an index entry takes in some alphabets.
CREATE UNIQUE INDEX item_id ON item (game, md5(item_id));
COMMENT ON TABLE item IS 'Items by number. A number means nothing: models are trained in the order of the ids';

CREATE TABLE source (
    game     integer NOT NULL,
    stream   uuid    NOT NULL,
    person   uuid,
    country  text,
    platform text,
    PRIMARY KEY (game, stream)
) WITH (fillfactor = 80);
CREATE INDEX source_person ON source (game, coalesce(person, stream));
COMMENT ON TABLE source IS 'One row for each player''s stream. Rows of linked players stay apart, so that the order of arrival does not matter';
COMMENT ON COLUMN source.person IS 'Whom this player was linked to; absent: a person of their own';
COMMENT ON COLUMN source.country IS 'The one named last in the stream';

CREATE TABLE interaction (
    game   integer NOT NULL,
    stream uuid    NOT NULL,
    item   bigint  NOT NULL,
    kind   text    NOT NULL,
    events bigint  NOT NULL,
    weight numeric NOT NULL,
    PRIMARY KEY (game, stream, item, kind)
) WITH (fillfactor = 80);
COMMENT ON COLUMN interaction.weight IS 'The sum of what was sent; an event without a weight counts 1';

CREATE TABLE purchase (
    game     integer NOT NULL,
    stream   uuid    NOT NULL,
    purchase uuid    NOT NULL,
    item     bigint  NOT NULL,
    paid     bigint  NOT NULL,
    refunds  integer NOT NULL,
    refunded numeric NOT NULL,
    PRIMARY KEY (game, stream, purchase)
) WITH (fillfactor = 80);
COMMENT ON COLUMN purchase.purchase IS 'Made of the stream and the sender''s id of the event';
COMMENT ON COLUMN purchase.paid IS 'Micros, as refunded: in the purchase''s own currency';

-- What of a person's items counts. A fully refunded item is one they never had. Bought, played and liked count alike:
-- hours and repetitions made recommendations worse where this was measured. Anything else is a passing look.
CREATE VIEW affinity AS
SELECT s.game, coalesce(s.person, s.stream) AS person, did.item,
       bool_or(did.has) OR (bool_or(did.uses) AND NOT bool_or(did.paid_for)) AS owned,
       bool_or(did.has) AS bought,
       bool_or(did.played) AS played,
       bool_or(did.liked) AS liked,
       CASE WHEN bool_or(did.paid_for) AND NOT bool_or(did.has) THEN 0
            ELSE max(did.value) END::real AS value
FROM source s
JOIN (
    SELECT game, stream, item,
           true AS paid_for,
           NOT (refunds > 0 AND refunded >= paid) AS has,
           false AS uses,
           false AS played,
           false AS liked,
           1.0 AS value
    FROM purchase
    UNION ALL
    SELECT game, stream, item,
           false,
           kind = 'purchase' AND weight > 0,
           kind IN ('play', 'purchase') AND weight > 0,
           kind = 'play' AND weight > 0,
           kind = 'like' AND weight > 0,
           CASE WHEN weight <= 0 THEN 0 WHEN kind IN ('play', 'purchase', 'like') THEN 1 ELSE 0.25 END
    FROM interaction
) did ON did.game = s.game AND did.stream = s.stream
GROUP BY s.game, coalesce(s.person, s.stream), did.item;
COMMENT ON COLUMN affinity.owned IS 'Bought and not given back in full, or used without ever having been bought';

CREATE SEQUENCE mark;

CREATE TABLE pending (
    game   integer     NOT NULL,
    person uuid        NOT NULL,
    mark   bigint      NOT NULL DEFAULT nextval('mark'),
    since  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (game, person)
) WITH (fillfactor = 60);
COMMENT ON TABLE pending IS 'Persons whose own vector has to be made again; mark changes with each new reason';

CREATE TABLE change (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    game     integer     NOT NULL,
    events   bigint      NOT NULL,
    erased   boolean     NOT NULL DEFAULT false,
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE change IS 'What came since the last training: a row a batch, so that batches do not wait for one another';

CREATE TABLE model (
    game             integer     NOT NULL,
    version          integer     NOT NULL,
    state            text        NOT NULL,
    seed             bigint      NOT NULL,
    dimension        integer     NOT NULL,
    persons          integer     NOT NULL,
    items            integer     NOT NULL,
    interactions     bigint      NOT NULL,
    checked_persons  integer     NOT NULL,
    ndcg             real,
    ndcg_before      real,
    ndcg_popular     real,
    train_millis     bigint      NOT NULL,
    trained_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (game, version)
);
COMMENT ON COLUMN model.state IS 'BUILT, ACTIVE, RETIRED, or REFUSED by the check of its quality';
COMMENT ON COLUMN model.ndcg IS 'On the checked persons, whom no model learns from; before: of the version active then. Absent with too few persons';

CREATE TABLE active_model (
    game            integer PRIMARY KEY,
    version         integer NOT NULL,
    players_version integer
);
COMMENT ON COLUMN active_model.players_version IS 'The version the players'' own vectors are complete in; absent before the first';

CREATE TABLE item_vector (
    game    integer NOT NULL,
    version integer NOT NULL,
    item    bigint  NOT NULL,
    pull    real    NOT NULL,
    vector  bytea   NOT NULL,
    PRIMARY KEY (game, version, item)
);
-- Floats do not compress, and trying costs time at each reading.
ALTER TABLE item_vector ALTER COLUMN vector SET STORAGE EXTERNAL;
COMMENT ON COLUMN item_vector.vector IS 'IEEE 754 half precision, big-endian';
COMMENT ON COLUMN item_vector.pull IS 'A person''s vector is the sum over their items of affinity times pull times vector';

CREATE TABLE popular (
    game    integer  NOT NULL,
    segment text     NOT NULL,
    rank    smallint NOT NULL,
    item    bigint   NOT NULL,
    share   real     NOT NULL,
    PRIMARY KEY (game, segment, rank)
);
COMMENT ON COLUMN popular.segment IS 'country:SE, platform:ios, or empty for the whole game';
COMMENT ON COLUMN popular.share IS 'Of the segment''s persons with any item, those who have this one';
