package io.gamemetrics.sharedkernel.ids;

/** The studio's own id of a player. Personal: it may be an e-mail address, so it never prints itself. At most 128 characters. */
public record PlayerId(String value) {

    public PlayerId {
        Text.bounded("playerId", value, 128);
    }

    @Override
    public String toString() {
        return "PlayerId[…]";
    }
}
