CREATE TABLE game (
    game_id    text        PRIMARY KEY,
    number     integer     NOT NULL UNIQUE,
    name       text        NOT NULL,
    time_zone  text        NOT NULL,
    currency   char(3)     NOT NULL,
    active_by  text        NOT NULL,
    stage      text        NOT NULL,
    created_at timestamptz NOT NULL
);

COMMENT ON TABLE game IS 'The settings of each game as the query side needs them';

CREATE TABLE api_key (
    game_id     text        NOT NULL REFERENCES game,
    key_id      text        NOT NULL,
    kind        text        NOT NULL,
    label       text,
    secret_hash text        NOT NULL UNIQUE,
    issued_at   timestamptz NOT NULL,
    expires_at  timestamptz,
    revoked_at  timestamptz,
    PRIMARY KEY (game_id, key_id)
);

COMMENT ON TABLE api_key IS 'Keys by the SHA-256 of their secret; the secret itself is nowhere';
