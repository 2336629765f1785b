package io.gamemetrics.infrastructure.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of the key that wraps all other keys: a file each in the key directory. A new one is begun, what older ones
 * wrap is wrapped anew, and then their files are destroyed; copies of the vault made before are then unreadable. All of it
 * while others work. Safe for concurrent use, also by several processes. Every method throws {@link
 * VaultUnavailableException} when the database does not answer, and {@link KeysRefusedException} when a key file is not
 * where it has to be.
 */
public final class KeyEpochs {

    private final Transactions database;
    private final KeyDirectory keys;
    private final GameRows games;
    private final RequestSecrets requests;
    private final SubjectRewrap subjects;

    KeyEpochs(Transactions database, KeyDirectory keys, GameRows games, RequestSecrets requests) {
        this.database = database;
        this.keys = keys;
        this.games = games;
        this.requests = requests;
        this.subjects = new SubjectRewrap(keys);
    }

    /**
     * One epoch.
     *
     * @param wraps how many keys it wraps now
     * @param begunAt absent: longer ago than is known
     * @param neededUntil when the last backup of the vault that needs its file ends; absent: none does
     * @param destroyedAt absent: it was not
     * @param fileHere whether its file is in this process's key directory
     */
    public record Epoch(
            int epoch,
            long wraps,
            @Nullable Instant begunAt,
            @Nullable Instant neededUntil,
            @Nullable Instant destroyedAt,
            boolean fileHere) {}

    /**
     * Where wrapping anew has come to.
     *
     * @param rewrapped keys wrapped anew by this call
     * @param next where the next call goes on; absent: everything was looked through
     */
    public record Progress(long rewrapped, @Nullable String next) {}

    /** What came of a wish to destroy an epoch's key file. */
    public enum Destruction {
        /** It is gone, now or since before. */
        DESTROYED,
        UNKNOWN,
        /** New keys are wrapped by it. */
        CURRENT,
        /** Keys are wrapped by it still. */
        WRAPS,
        /** A backup of the vault that is not over needs it. */
        NEEDED
    }

    /** All there were, the oldest first. Looks through the whole vault. */
    public List<Epoch> list() {
        Set<Short> here = keys.reread();
        return database.read(connection -> {
            Map<Short, Long> wrapped = KeyEpochRows.wrapped(connection);
            return KeyEpochRows.all(connection).stream()
                    .map(row -> new Epoch(
                            row.epoch(),
                            wrapped.getOrDefault(row.epoch(), 0L),
                            row.begunAt(),
                            row.neededUntil(),
                            row.destroyedAt(),
                            here.contains(row.epoch())))
                    .toList();
        });
    }

    /**
     * Begins an epoch: everything is wrapped by its key from now on, by every process, each of which looks for the file when
     * it next makes a key. The file is made, unless somebody has put one of a higher number into the folder, as has to be done
     * where processes have folders of their own.
     */
    public short begin() {
        return database.write(connection -> {
            KeyEpochRows.lock(connection);
            keys.requireFit(KeyEpochRows.read(connection));
            short epoch = keys.laterThan(KeyEpochRows.current(connection));
            Map<Short, byte[]> begun = new TreeMap<>(keys.checkValues());
            begun.keySet().retainAll(Set.of(epoch));
            KeyEpochRows.add(connection, begun);
            return epoch;
        });
    }

    /**
     * Wraps some keys anew that an older epoch wraps, in transactions of a thousand. May be given up at any point, and begun
     * again from the front.
     *
     * @param from {@link Progress#next} of the call before; absent: from the front
     * @throws IllegalArgumentException when {@code from} is nothing this gave
     */
    public Progress rewrap(@Nullable String from) {
        long rewrapped = 0;
        if (from == null) {
            database.write(connection -> {
                // It takes the rows of many games, as those do who hear of several erasures: one after the other.
                KeyEpochRows.lock(connection);
                games.rewrap(connection);
                return true;
            });
            requests.rewrap();
        }
        SubjectRewrap.Place place = SubjectRewrap.Place.of(from);
        for (int page = 0; page < SubjectRewrap.PAGES_AT_ONCE && place != null; page++) {
            SubjectRewrap.Place at = place;
            SubjectRewrap.Page done = database.write(connection -> subjects.page(connection, at));
            rewrapped += done.rewrapped();
            place = done.next();
        }
        return new Progress(rewrapped, place == null ? null : place.text());
    }

    /**
     * Destroys an epoch's key file. What it wrapped, and only copies of the vault have, is unreadable from then on.
     *
     * @param evenIfNeeded whether backups of the vault that need it are given up
     */
    public Destruction destroy(int epoch, boolean evenIfNeeded) {
        KeyEpochRows.@Nullable Row row = row(epoch);
        if (row == null) {
            return Destruction.UNKNOWN;
        }
        if (row.destroyedAt() != null) {
            keys.destroy(row.epoch());
            return Destruction.DESTROYED;
        }
        if (database.read(KeyEpochRows::current) == epoch) {
            return Destruction.CURRENT;
        }
        // Whoever begins after this has seen the newer epoch, so nothing more is wrapped by this one.
        database.write(connection -> {
            KeyEpochRows.awaitWriters(connection);
            return true;
        });
        Destruction destruction = database.write(connection -> {
            KeyEpochRows.lock(connection);
            if (KeyEpochRows.wrapped(connection).containsKey(row.epoch())) {
                return Destruction.WRAPS;
            }
            // A backup that has begun since is in the row that is read now.
            KeyEpochRows.@Nullable Row now = row(epoch);
            Instant until = now == null ? null : now.neededUntil();
            if (!evenIfNeeded && until != null && until.isAfter(ErasedRows.now(connection))) {
                return Destruction.NEEDED;
            }
            // First the row: a vault that misses a file it needs opens for nobody.
            KeyEpochRows.destroyed(connection, row.epoch());
            return Destruction.DESTROYED;
        });
        if (destruction == Destruction.DESTROYED) {
            keys.destroy(row.epoch());
        }
        return destruction;
    }

    private KeyEpochRows.@Nullable Row row(int epoch) {
        for (KeyEpochRows.Row row : database.read(KeyEpochRows::all)) {
            if (row.epoch() == epoch) {
                return row;
            }
        }
        return null;
    }
}
