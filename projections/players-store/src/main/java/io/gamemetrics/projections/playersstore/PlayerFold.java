package io.gamemetrics.projections.playersstore;

import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of one player. All of it is a sum, a least or a latest, so the order of arrival is nothing to it.
 * Used by one thread.
 */
public final class PlayerFold {

    final int game;

    @Nullable
    UUID person;

    @Nullable
    Instant firstEvent;

    @Nullable
    Instant lastEvent;

    @Nullable
    Instant firstSession;

    @Nullable
    Instant lastSession;

    long sessions;
    long lengths;
    BigInteger lengthMillis = BigInteger.ZERO;
    long purchases;
    long achievements;
    final Latest<byte[]> name = new Latest<>();
    final Latest<String> acquisition = new Latest<>();
    final Latest<String> platform = new Latest<>();
    final Latest<String> country = new Latest<>();
    final Latest<String> appVersion = new Latest<>();

    PlayerFold(int game) {
        this.game = game;
    }

    /** What is said last, by when it occurred and then by its place in the stream. */
    static final class Latest<T> {
        @Nullable
        T value;

        @Nullable
        Instant at;

        long by;

        void said(@Nullable T next, Instant when, long sequence) {
            if (next != null && (at == null || when.isAfter(at) || (when.equals(at) && sequence > by))) {
                value = next;
                at = when;
                by = sequence;
            }
        }
    }

    /** The player did something, and said where; what is absent was not said. */
    public PlayerFold seen(
            Instant at,
            long sequence,
            @Nullable String platform,
            @Nullable String country,
            @Nullable String appVersion) {
        firstEvent = firstEvent == null || at.isBefore(firstEvent) ? at : firstEvent;
        lastEvent = lastEvent == null || at.isAfter(lastEvent) ? at : lastEvent;
        this.platform.said(platform, at, sequence);
        this.country.said(country, at, sequence);
        this.appVersion.said(appVersion, at, sequence);
        return this;
    }

    /**
     * @param sealedName encrypted under the player's key; absent when none was given
     * @param from where the player came from; absent when it was not said
     */
    public void registered(Instant at, long sequence, byte @Nullable [] sealedName, @Nullable String from) {
        name.said(sealedName, at, sequence);
        acquisition.said(from, at, sequence);
    }

    public void sessionStarted(Instant at) {
        sessions++;
        firstSession = firstSession == null || at.isBefore(firstSession) ? at : firstSession;
        lastSession = lastSession == null || at.isAfter(lastSession) ? at : lastSession;
    }

    /** One of the sessions turned out to be so long; said once of each. */
    public void sessionLength(long millis) {
        lengths++;
        lengthMillis = lengthMillis.add(BigInteger.valueOf(millis));
    }

    public void purchased() {
        purchases++;
    }

    public void achieved() {
        achievements++;
    }

    /** The player is the same person as this one. Said at most once of a player. */
    public void linkedTo(UUID person) {
        this.person = person;
    }

    /** Nobody is that person any more. */
    void unlink(UUID gone) {
        person = gone.equals(person) ? null : person;
    }
}
