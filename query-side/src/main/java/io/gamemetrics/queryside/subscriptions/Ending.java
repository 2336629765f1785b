package io.gamemetrics.queryside.subscriptions;

import io.gamemetrics.queryside.errors.ErrorCode;

/**
 * Why we end a connection: clients may branch on the codes. 4400 to 4429 are the protocol's own, 4500 and above ours.
 */
enum Ending {
    SHUTTING_DOWN(1001, ErrorCode.UNAVAILABLE, "The service stops; connect again."),
    TOO_BIG(1009, ErrorCode.BAD_INPUT, "A message may have 65,536 characters."),
    UNAVAILABLE(1013, ErrorCode.UNAVAILABLE, "Tokens can't be checked right now; try again later."),
    BAD_MESSAGE(4400, ErrorCode.BAD_INPUT, "The message is none of the protocol's."),
    NOT_SIGNED_IN(4401, ErrorCode.UNAUTHENTICATED, "Unauthorized: connection_init comes first."),
    TOKEN_REFUSED(4403, ErrorCode.UNAUTHENTICATED, "Forbidden: the token is not, or no longer, valid."),
    NO_PROTOCOL(4406, ErrorCode.BAD_INPUT, "Subprotocol not acceptable: graphql-transport-ws is spoken here."),
    INIT_TIMEOUT(4408, ErrorCode.UNAVAILABLE, "Connection initialisation timeout"),
    ID_IN_USE(4409, ErrorCode.BAD_INPUT, "A subscriber of this id already exists."),
    SECOND_INIT(4429, ErrorCode.BAD_INPUT, "Too many initialisation requests"),
    FULL(4503, ErrorCode.UNAVAILABLE, "Too many connections are open; try again later."),
    SILENT(4504, ErrorCode.UNAVAILABLE, "Pings are not answered."),
    TOO_SLOW(4509, ErrorCode.TOO_SLOW, "More waits for this connection than is kept for one; resume with after.");

    private final int closeCode;
    private final ErrorCode error;
    private final String sentence;

    Ending(int closeCode, ErrorCode error, String sentence) {
        this.closeCode = closeCode;
        this.error = error;
        this.sentence = sentence;
    }

    /** Of a WebSocket. */
    int closeCode() {
        return closeCode;
    }

    /** Of a stream. */
    ErrorCode error() {
        return error;
    }

    /** At most 123 bytes, which is what a close frame takes. */
    String sentence() {
        return sentence;
    }
}
