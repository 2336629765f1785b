package io.gamemetrics.commandside.game;

import io.gamemetrics.infrastructure.web.ProblemType;

/** What can be wrong with a request about a game. */
public enum GameProblem implements ProblemType {
    EXISTS("game.exists", 409, "There is a game with this id already."),
    FIELD_INVALID("field.invalid", 422, "A field's value is not allowed; the pointer says which."),
    KEY_EXPIRED("key.expired", 422, "A key must expire in the future."),
    KEYS_TOO_MANY("keys.tooMany", 422, "The game has as many keys as it may; delete one first."),
    RATE_OWN_CURRENCY("exchangeRate.ownCurrency", 422, "The game's own currency has no rate."),
    RATE_NOT_POSITIVE("exchangeRate.notPositive", 422, "A rate must be more than 0."),
    LIMIT_NOT_POSITIVE("limit.notPositive", 422, "A limit must be more than 0, or absent."),
    LEADERBOARDS_TOO_MANY("leaderboards.tooMany", 422, "The game has as many leaderboards as it may.");

    private final String code;
    private final int status;
    private final String title;

    GameProblem(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    /** What a caller is told of a broken rule. */
    static ProblemType of(GameRule rule) {
        return switch (rule) {
            case GAME_IDS_ARE_UNIQUE -> EXISTS;
            case GAME_EXISTS, KEY_EXISTS -> io.gamemetrics.infrastructure.web.RequestProblem.NOT_FOUND;
            case KEY_EXPIRES_IN_THE_FUTURE -> KEY_EXPIRED;
            case KEYS_ARE_NOT_TOO_MANY -> KEYS_TOO_MANY;
            case RATES_ARE_OF_OTHER_CURRENCIES -> RATE_OWN_CURRENCY;
            case RATES_ARE_POSITIVE -> RATE_NOT_POSITIVE;
            case LIMITS_ARE_POSITIVE -> LIMIT_NOT_POSITIVE;
            case LEADERBOARDS_ARE_NOT_TOO_MANY -> LEADERBOARDS_TOO_MANY;
        };
    }
}
