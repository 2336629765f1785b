package io.gamemetrics.infrastructure.eventstore;

/**
 * An order-free proof of which events a range holds.
 *
 * @param checksum sum modulo 2^64 of {@link EventHash#of} over them
 */
public record RangeProof(long count, long checksum) {

    public static final RangeProof NONE = new RangeProof(0, 0);

    /** This range and one more event. */
    public RangeProof plus(EventDigest event) {
        return new RangeProof(count + 1, checksum + event.hash());
    }
}
