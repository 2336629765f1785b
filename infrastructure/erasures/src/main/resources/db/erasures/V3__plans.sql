-- Plans of erasures that were not ordered yet, and exports: counted as erasures are, and nothing is changed.

ALTER TABLE erasure
    DROP CONSTRAINT erasure_step_check,
    DROP CONSTRAINT erasure_streams_check,
    ADD CONSTRAINT erasure_step_check CHECK (step IN ('REMAINDER', 'PURGE', 'SCAN', 'PLAN', 'EXPORT'));
ALTER TABLE answer
    DROP CONSTRAINT answer_step_check,
    ADD CONSTRAINT answer_step_check CHECK (step IN ('REMAINDER', 'PURGE', 'SCAN', 'PLAN', 'EXPORT'));

CREATE TABLE plan (
    request  uuid        NOT NULL PRIMARY KEY,
    plan     uuid        NOT NULL UNIQUE,
    subjects integer     NOT NULL CHECK (subjects > 0),
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE plan IS 'Who asked for a plan of which request; its orders stand in erasure under the number of the plan, with the step PLAN';
