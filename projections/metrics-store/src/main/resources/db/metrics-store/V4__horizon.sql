-- Old events may be dropped; what they added up to stays.

CREATE TABLE event_horizon (
    one       boolean PRIMARY KEY DEFAULT true CHECK (one),
    kept_from timestamptz NOT NULL
);
COMMENT ON TABLE event_horizon IS 'No row: every event is kept. Else those that occurred at kept_from or later; it only ever moves forward, and before anything is dropped';

CREATE TABLE event_open (
    game     integer NOT NULL,
    player   integer NOT NULL,
    sequence bigint  NOT NULL,
    segment  integer NOT NULL,
    PRIMARY KEY (game, player, sequence)
);
COMMENT ON TABLE event_open IS 'What is needed of events that are dropped and may yet be completed: sessions without a length, refunds without an amount';
COMMENT ON COLUMN event_open.player IS 'In whose stream the event lies, whomever it counts for';

ALTER TABLE game ADD COLUMN days_from date;
COMMENT ON COLUMN game.days_from IS 'The first day that is counted in the game''s time zone, where the events of earlier days were gone when the zone changed';
