package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardBanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardUnbanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import io.gamemetrics.sharedkernel.privacy.OutlivesItsPerson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a player's whole history comes to, as far as decisions need it: bounded, however long the history. At most
 * {@value SeenIds#MAX_BYTES} bytes of filter, {@value MinuteCounts#MAX_MINUTES} minutes of 12 bytes, {@value
 * RecentSessions#MAX_SESSIONS} sessions and {@value Bans#MAX_BOARDS} banned boards of at most 256 characters: {@value
 * #MAX_BYTES} bytes as a snapshot, usually under 2,000. Not safe for concurrent use.
 */
final class PlayerState {

    /**
     * Longest snapshot: filter, minutes, sessions of 256 three-byte characters with their instants, boards of 256
     * three-byte characters, links, version.
     */
    static final int MAX_BYTES = 4096 + 256 * 12 + 16 * (256 * 3 + 40) + 32 * (256 * 3 + 2) + 64;

    private static final int WITHOUT_BANS = 1;
    private static final int WITH_BANS = 2;
    private static final int ERASED = 3;

    private long nextSequence;
    private SeenIds seen = new SeenIds();
    private MinuteCounts minutes = new MinuteCounts();
    private RecentSessions sessions = new RecentSessions();
    private @Nullable Pseudonym person;
    private boolean linksOthers;
    private Bans bans = new Bans();
    private boolean erased;

    /**
     * Whether somebody sent this as something the player did. The other half of a link, a moderator's decision and an
     * erasure are not: their ids and minutes are not this player's.
     */
    static boolean isReported(PlayerEvent event) {
        return !(event instanceof LinkedToPlayer
                || event instanceof LeaderboardBanned
                || event instanceof LeaderboardUnbanned
                || event instanceof OutlivesItsPerson);
    }

    /** Folds one event in; it was true before this state heard of it, so nothing is checked. */
    void evolve(PlayerEvent event) {
        if (isReported(event)) {
            seen.add(SeenIds.keyOf(event.header().eventId()));
            minutes.increment(MinuteCounts.minuteOf(event.header().occurredAt()));
        }
        switch (event) {
            case SessionStarted started -> evolve(started);
            case SessionEnded ended -> evolve(ended);
            case PurchaseRefunded refund -> seen.add(SeenIds.keyOfRefundsOf(refund.purchaseEventId()));
            case PlayerLinked linked -> linksOthers = true;
            case LinkedToPlayer linked -> person = linked.person();
            case LeaderboardBanned banned -> {
                bans.add(banned.leaderboardId());
                seen.add(SeenIds.keyOfModeration(banned.header().eventId()));
            }
            case LeaderboardUnbanned unbanned -> {
                bans.remove(unbanned.leaderboardId());
                seen.add(SeenIds.keyOfModeration(unbanned.header().eventId()));
            }
            case PlayerEvent.PlayerRegistered e -> {}
            case PlayerEvent.ProgressionMade e -> {}
            case PlayerEvent.ScoreSubmitted e -> {}
            case PlayerEvent.PurchaseMade e -> {}
            case PlayerEvent.ResourceFlowed e -> {}
            case PlayerEvent.AdViewed e -> {}
            case PlayerEvent.ItemInteracted e -> {}
            case PlayerEvent.AchievementUnlocked e -> {}
            case PlayerEvent.ErrorReported e -> {}
            case PlayerEvent.CustomReported e -> {}
            case PlayerEvent.ErasureBegun e -> forget();
            case PlayerEvent.Erased e -> forget();
        }
        nextSequence++;
    }

    /** Nothing is decided of an erased player any more, so nothing is remembered but that they are. */
    private void forget() {
        erased = true;
        seen = new SeenIds();
        minutes = new MinuteCounts();
        sessions = new RecentSessions();
        bans = new Bans();
        person = null;
        linksOthers = false;
    }

    private void evolve(SessionStarted event) {
        SessionId id = event.header().sessionId();
        if (id == null) {
            return;
        }
        seen.add(SeenIds.keyOf(id));
        SessionFacts before = sessions.find(id);
        // A length without a recent end: the end is one that was looked up. Only half is known here, so neither is
        // held.
        if (before != null || event.lengthMillis() == null) {
            sessions.put(id, (before == null ? SessionFacts.NONE : before).with(event, nextSequence));
        }
    }

    private void evolve(SessionEnded event) {
        SessionId id = event.header().sessionId();
        if (id == null) {
            return;
        }
        seen.add(SeenIds.keyOf(id));
        SessionFacts before = sessions.find(id);
        sessions.put(id, (before == null ? SessionFacts.NONE : before).with(event));
    }

    /** The sequence the next event of this player gets. */
    long nextSequence() {
        return nextSequence;
    }

    SeenIds seen() {
        return seen;
    }

    MinuteCounts minutes() {
        return minutes;
    }

    RecentSessions sessions() {
        return sessions;
    }

    /** Who this player was linked to; absent for a player who is their own person. */
    @Nullable
    Pseudonym person() {
        return person;
    }

    /** Whether other players were linked to this one. */
    boolean linksOthers() {
        return linksOthers;
    }

    /** Whether the player is being erased, or was. */
    boolean isErased() {
        return erased;
    }

    Bans bans() {
        return bans;
    }

    /** This state for a snapshot; plain, and personal: whoever stores it encrypts it. */
    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (erased) {
                out.writeByte(ERASED);
                out.writeLong(nextSequence);
                out.flush();
                return bytes.toByteArray();
            }
            out.writeByte(bans.none() ? WITHOUT_BANS : WITH_BANS);
            out.writeLong(nextSequence);
            out.writeBoolean(linksOthers);
            out.writeBoolean(person != null);
            if (person != null) {
                out.writeLong(person.value().getMostSignificantBits());
                out.writeLong(person.value().getLeastSignificantBits());
            }
            seen.write(out);
            minutes.write(out);
            sessions.write(out);
            if (!bans.none()) {
                bans.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws IllegalArgumentException when it was written in another format; the events still hold everything
     */
    static PlayerState fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format < WITHOUT_BANS || format > ERASED) {
                throw new IllegalArgumentException("snapshot of a player must be of format 1 to 3: format=" + format);
            }
            PlayerState state = new PlayerState();
            state.nextSequence = in.readLong();
            if (format == ERASED) {
                state.erased = true;
                return state;
            }
            state.linksOthers = in.readBoolean();
            state.person = in.readBoolean() ? new Pseudonym(new UUID(in.readLong(), in.readLong())) : null;
            state.seen = SeenIds.read(in);
            state.minutes = MinuteCounts.read(in);
            state.sessions = RecentSessions.read(in);
            if (format == WITH_BANS) {
                state.bans = Bans.read(in);
            }
            return state;
        } catch (IOException e) {
            throw new IllegalArgumentException("snapshot of a player is cut short", e);
        }
    }
}
