package io.gamemetrics.commandside.game;

/** The sentences that hold for every game. */
enum GameRule {
    GAME_IDS_ARE_UNIQUE,
    GAME_EXISTS,
    KEY_EXISTS,
    KEY_EXPIRES_IN_THE_FUTURE,
    KEYS_ARE_NOT_TOO_MANY,
    RATES_ARE_OF_OTHER_CURRENCIES,
    RATES_ARE_POSITIVE,
    LIMITS_ARE_POSITIVE,
    LEADERBOARDS_ARE_NOT_TOO_MANY
}
