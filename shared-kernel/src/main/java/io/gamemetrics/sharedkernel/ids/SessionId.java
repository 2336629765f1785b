package io.gamemetrics.sharedkernel.ids;

/** The sender's id of one play session. Personal: senders derive it from the player's id, so it never prints itself. At most 256 characters. */
public record SessionId(String value) {

    public SessionId {
        Text.bounded("sessionId", value, 256);
    }

    @Override
    public String toString() {
        return "SessionId[…]";
    }
}
