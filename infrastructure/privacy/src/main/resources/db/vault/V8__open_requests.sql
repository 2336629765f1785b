-- Those that are not over are looked for all the time, and are few.
CREATE INDEX request_key_open ON request_key (made_at, request) WHERE wrapped_key IS NOT NULL;
