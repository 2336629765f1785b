-- How much was looked through, beside what was found in it.

ALTER TABLE answer
    ADD COLUMN searched_values bigint NOT NULL DEFAULT 0,
    ADD COLUMN searched_bytes  bigint NOT NULL DEFAULT 0;
