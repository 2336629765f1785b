-- The life of a key file. Rows of destroyed ones stay: their numbers are never given out again.
ALTER TABLE key_epoch
    ADD COLUMN begun_at     timestamptz, -- absent: before this was written down
    ADD COLUMN needed_until timestamptz, -- when the last backup of the vault that needs it ends; absent: none does
    ADD COLUMN destroyed_at timestamptz; -- absent: its file must be there
ALTER TABLE key_epoch ALTER COLUMN begun_at SET DEFAULT clock_timestamp();
