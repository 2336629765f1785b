package io.gamemetrics.sharedkernel.money;

/** Where money comes from, or goes back from. */
public enum RevenueKind {
    IN_APP(1),
    ADS(2),
    REFUNDS(3);

    private final short code;

    RevenueKind(int code) {
        this.code = (short) code;
    }

    /** How stores' tables say it: stable for ever. */
    public short code() {
        return code;
    }

    /**
     * The kind with this {@link #code}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static RevenueKind ofCode(int code) {
        for (RevenueKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of revenue has this code: " + code);
    }
}
