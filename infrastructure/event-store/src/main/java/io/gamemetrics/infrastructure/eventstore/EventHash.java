package io.gamemetrics.infrastructure.eventstore;

import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A 64-bit hash of where an event stands and what it holds. Publisher, projections and replays add it up modulo 2^64 to
 * tell whether they have seen the same events. Not a defence against somebody who forges events.
 */
public final class EventHash {

    private EventHash() {}

    /** Over position number, stream, sequence, type and the CRC-32C of the payload; the incarnation does not count. */
    public static long of(StoredEvent event) {
        CRC32C payload = new CRC32C();
        payload.update(event.payload(), 0, event.payload().length);
        return of(event.position().number(), event.stream(), event.sequence(), event.type(), payload.getValue());
    }

    /** @param payloadCrc CRC-32C of the payload, unsigned */
    static long of(long position, UUID stream, long sequence, int type, long payloadCrc) {
        long hash = mix(position);
        hash = mix(hash ^ stream.getMostSignificantBits());
        hash = mix(hash ^ stream.getLeastSignificantBits());
        hash = mix(hash ^ sequence);
        return mix(hash ^ ((long) type << 32 | payloadCrc));
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014), after its increment so that 0 does not stay 0. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
