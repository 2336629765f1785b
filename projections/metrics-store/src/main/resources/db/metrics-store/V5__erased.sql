-- What stays of players who were erased: as much as a day's sums need, under a random id that leads to nobody.

CREATE TABLE erased_day (
    game          integer NOT NULL,
    contribution  uuid    NOT NULL,
    day           date    NOT NULL,
    segment       integer NOT NULL,
    first_day     date,
    first_session date,
    events        bigint  NOT NULL,
    sessions      bigint  NOT NULL,
    lengths       bigint  NOT NULL,
    length_millis numeric NOT NULL,
    purchases     bigint  NOT NULL,
    paid          bigint  NOT NULL,
    PRIMARY KEY (game, contribution, day, segment)
);
CREATE INDEX erased_day_day ON erased_day (game, day);
COMMENT ON TABLE erased_day IS 'Also in segment_day';
COMMENT ON COLUMN erased_day.first_day IS 'Of the person''s first event; first_session of their first session. Local days, as the game''s time zone was when they were erased';

CREATE TABLE erased_money (
    game         integer  NOT NULL,
    contribution uuid     NOT NULL,
    day          date     NOT NULL,
    segment      integer  NOT NULL,
    kind         smallint NOT NULL,
    currency     text     NOT NULL,
    micros       numeric  NOT NULL,
    PRIMARY KEY (game, contribution, day, segment, kind, currency)
);
COMMENT ON TABLE erased_money IS 'Also in segment_money';

CREATE TABLE term_forgotten (
    one   boolean PRIMARY KEY DEFAULT true,
    times bigint  NOT NULL
);
INSERT INTO term_forgotten (times) VALUES (0);
COMMENT ON TABLE term_forgotten IS 'How often texts were taken away that nobody uses any more: whoever knows numbers by heart learns them anew when it changes';
