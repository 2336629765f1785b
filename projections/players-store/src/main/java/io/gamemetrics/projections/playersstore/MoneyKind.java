package io.gamemetrics.projections.playersstore;

/** Which way money went. */
public enum MoneyKind {
    IN_APP(1),
    ADS(2),
    REFUNDS(3);

    private final short code;

    MoneyKind(int code) {
        this.code = (short) code;
    }

    /** How the tables say it: stable for ever. */
    short code() {
        return code;
    }
}
