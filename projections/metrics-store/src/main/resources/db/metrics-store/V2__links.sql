-- Two players can turn out to be one person: the events of the one count for the other from then on.

ALTER TABLE event ADD COLUMN source integer;
COMMENT ON COLUMN event.source IS 'The player in whose stream the event lies, where it counts for another: with game, occurred_at and sequence it names the event';

CREATE TABLE link (
    game          integer NOT NULL,
    player        integer NOT NULL,
    person        integer NOT NULL,
    person_stream uuid    NOT NULL,
    PRIMARY KEY (game, player)
);
COMMENT ON TABLE link IS 'Players whose events count for another player, for ever; no chains';
