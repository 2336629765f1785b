package io.gamemetrics.sharedkernel.ids;

import java.util.regex.Pattern;

/** A studio's name for a game, as it stands in addresses: 1 to 64 of {@code [a-z0-9_-]}, a letter or digit first. */
public record GameId(String value) {

    private static final Pattern PATTERN = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    public GameId {
        Text.matching("gameId", value, PATTERN, "1 to 64 of [a-z0-9_-], a letter or digit first");
    }

    @Override
    public String toString() {
        return value;
    }
}
