package io.gamemetrics.infrastructure.eventstore;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into bytes and back. The store asks for whole groups at once, so that the keys of a group can be fetched
 * in one query. Safe for concurrent use.
 */
public interface EventCodec {

    /**
     * Encodes new events, in order.
     *
     * @throws IllegalArgumentException when a payload's class is not in the catalog
     */
    List<Encoded> encode(List<NewEvent> events);

    /** Decodes events, in order. One that can't be read is {@link Decoded.Unreadable}; it never fails the others. */
    List<Decoded> decode(List<StoredEvent> events);

    /**
     * The class of the payloads of a type, without an event of it being read: who has nothing to do with it need not have it
     * decoded. Absent where that can't be told before, and where {@link #decode} would say {@link Decoded.UnknownType}.
     */
    default @Nullable Class<?> payloadOf(int type, int revision) {
        return null;
    }

    /**
     * The plain bytes of events, in order, for who searches all of them: an array of length 0 for one whose key is gone, or
     * that does not open.
     */
    default List<byte[]> open(List<StoredEvent> events) {
        throw new UnsupportedOperationException("this codec's events are not searched");
    }

    /** Encrypts a snapshot of a stream, given as plain bytes, under the same key as its events. */
    byte[] sealSnapshot(UUID stream, long sequence, byte[] plain);

    /** Decrypts what {@link #sealSnapshot} made; an array of length 0 when its key is gone. */
    byte[] openSnapshot(UUID stream, long sequence, byte[] sealed);

    /** An event that is about to be stored. */
    record NewEvent(UUID stream, long sequence, Object payload) {}

    /**
     * An event's bytes.
     *
     * @param lookupKeys keys, made under the stream's own secret, by which this event is found again in its stream
     *     ({@code EventStore#byLookupKeys}); empty for events nobody looks up
     */
    record Encoded(int tenant, int type, int revision, byte[] payload, List<Long> lookupKeys) {}

    /** What became of a stored event's bytes. */
    sealed interface Decoded {

        /**
         * An event as it was encoded.
         *
         * @param subjectNumber the player's dense number in the tenant, or -1 for an event without a player
         * @param otherNumber the dense number of another player whom the payload names; -1 when it names none, or one
         *     whose key was destroyed
         */
        record Event(Object payload, int subjectNumber, int otherNumber) implements Decoded {

            /** An event that names no other player. */
            public Event(Object payload, int subjectNumber) {
                this(payload, subjectNumber, -1);
            }
        }

        /** The stream's key was destroyed: the person was erased. */
        record Erased() implements Decoded {}

        /** The catalog of this build doesn't know the type or revision: a newer build has to read it. */
        record UnknownType(int type, int revision) implements Decoded {}

        /**
         * The bytes don't open or don't parse.
         *
         * @param cause a stable word for it, without anything of the content
         */
        record Unreadable(String cause) implements Decoded {}
    }
}
