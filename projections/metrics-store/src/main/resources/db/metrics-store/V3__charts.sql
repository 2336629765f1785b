-- What charts of minutes and hours add up, kept ready where TimescaleDB can; elsewhere views of the same names.

DO $$
DECLARE
    timescale boolean := EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb');
    kept text := CASE WHEN timescale
        THEN 'CREATE MATERIALIZED VIEW %s WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS %s WITH NO DATA'
        ELSE 'CREATE VIEW %s AS %s' END;
    bucket text := CASE WHEN timescale
        THEN 'time_bucket(INTERVAL %1$L, %2$s)'
        ELSE 'date_bin(INTERVAL %1$L, %2$s, TIMESTAMPTZ ''2000-01-01 00:00+00'')' END;
BEGIN
    EXECUTE format(kept, 'chart_minute',
        'SELECT game, player >= 0 AS played, segment, kind, name, currency, '
        || format(bucket, '1 minute', 'occurred_at') || ' AS bucket, count(*) AS events,'
        ' count(length_millis) AS lengths, sum(length_millis) AS length_millis, sum(micros) AS micros,'
        ' count(value) AS value_count, sum(value) AS value'
        ' FROM event GROUP BY 1, 2, 3, 4, 5, 6, 7');
    EXECUTE format(kept, 'chart_half_hour',
        'SELECT game, played, segment, kind, name, currency, '
        || format(bucket, '30 minutes', 'bucket') || ' AS bucket, sum(events) AS events, sum(lengths) AS lengths,'
        ' sum(length_millis) AS length_millis, sum(micros) AS micros, sum(value_count) AS value_count, sum(value) AS value'
        ' FROM chart_minute GROUP BY 1, 2, 3, 4, 5, 6, 7');
END $$;

CREATE TABLE chart_touched (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    from_at timestamptz NOT NULL,
    to_at   timestamptz NOT NULL
);
COMMENT ON TABLE chart_touched IS 'Whole minutes in which events came or changed after the charts were last made: there, readers ask the events themselves';
INSERT INTO chart_touched (from_at, to_at)
SELECT date_trunc('minute', min(occurred_at)), date_trunc('minute', max(occurred_at)) + INTERVAL '1 minute'
FROM event HAVING count(*) > 0;

-- Allowed, not done: nothing is compressed unless somebody says after how long.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') THEN
        ALTER TABLE event SET (timescaledb.compress, timescaledb.compress_segmentby = 'game',
            timescaledb.compress_orderby = 'player, occurred_at, sequence');
    END IF;
END $$;
