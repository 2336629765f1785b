package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.infrastructure.privacy.ErasedRows.Erased;
import io.gamemetrics.infrastructure.privacy.SubjectRows.Admitted;
import io.gamemetrics.infrastructure.privacy.SubjectRows.Known;
import io.gamemetrics.infrastructure.privacy.Vault.Standing;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who players are and whether they were erased, on lease or from the database. Safe for concurrent use. */
final class Players {

    private static final int ASKED_AT_ONCE = 10_000;

    private final Transactions database;
    private final SubjectRows rows;
    private final Leases<Player, Named> named;
    private final Leases<UUID, DataKey> keys;
    private final Gathered<Player, Named> reading = new Gathered<>(this::read, ASKED_AT_ONCE);
    private final Gathered<Player, Named> admitting = new Gathered<>(this::make, ASKED_AT_ONCE);

    /** @param keys takes the keys that come with players */
    Players(
            Transactions database,
            SubjectRows rows,
            Leases<UUID, DataKey> keys,
            int mostLeases,
            LongSupplier nanoTime) {
        this.database = database;
        this.rows = rows;
        this.keys = keys;
        this.named = new Leases<>(PostgresVault.LEASE, mostLeases, nanoTime);
    }

    private record Player(int game, PlayerId id) {}

    /** What is known of an id: at least one of both. */
    private record Named(@Nullable Known known, @Nullable Erased erased) {

        private @Nullable Standing standing() {
            if (erased != null && !erased.isReadmitted()) {
                return new Standing.Erased(erased.erasedAt());
            }
            return known == null
                    ? null
                    : new Standing.Admitted(known.subject(), erased == null ? null : erased.erasedAt());
        }
    }

    Map<PlayerId, Standing> admit(int game, Collection<PlayerId> ids) {
        Map<PlayerId, Standing> standings = standings(game, ids);
        Set<Player> missing = new HashSet<>();
        for (PlayerId id : ids) {
            if (!standings.containsKey(id)) {
                missing.add(new Player(game, id));
            }
        }
        if (!missing.isEmpty()) {
            admitting.ask(missing).forEach((player, made) -> put(standings, player.id(), made));
        }
        return standings;
    }

    Map<PlayerId, Standing> standings(int game, Collection<PlayerId> ids) {
        Map<PlayerId, Standing> standings = new HashMap<>();
        find(game, ids).forEach((id, found) -> put(standings, id, found));
        return standings;
    }

    Map<PlayerId, Subject> subjects(int game, Collection<PlayerId> ids) {
        Map<PlayerId, Subject> subjects = new HashMap<>();
        find(game, ids).forEach((id, found) -> {
            Known known = found.known();
            if (known != null) {
                subjects.put(id, known.subject());
            }
        });
        return subjects;
    }

    Map<UUID, Subject> ofStreams(Collection<UUID> streams) {
        Map<UUID, Subject> subjects = new HashMap<>();
        if (!streams.isEmpty()) {
            long before = keys.now();
            database.read(connection -> rows.byStream(connection, streams)).forEach((stream, known) -> {
                keys.put(stream, known.key(), before);
                subjects.put(stream, known.subject());
            });
        }
        return subjects;
    }

    /** Who was erased and not let back in, asked of the database. */
    Set<PlayerId> erasedNow(int game, Collection<PlayerId> ids) {
        HashedIds hashed = rows.hashed(game, ids);
        Set<PlayerId> erased = new HashSet<>();
        database.read(connection -> SubjectRows.erased(connection, hashed)).forEach((player, one) -> {
            if (!one.isReadmitted()) {
                erased.add(player);
            }
        });
        return erased;
    }

    /** Makes the next look at this id ask the database. */
    void end(int game, PlayerId id) {
        named.end(new Player(game, id));
    }

    private Map<PlayerId, Named> find(int game, Collection<PlayerId> ids) {
        Map<PlayerId, Named> found = new HashMap<>();
        Set<Player> missing = new HashSet<>();
        for (PlayerId id : ids) {
            Player player = new Player(game, id);
            Named leased = named.get(player);
            if (leased == null) {
                missing.add(player);
            } else {
                found.put(id, leased);
            }
        }
        if (!missing.isEmpty()) {
            reading.ask(missing).forEach((player, read) -> found.put(player.id(), read));
        }
        return found;
    }

    private Map<Player, Named> read(Set<Player> players) {
        return byGame(
                players,
                ids -> database.read(
                        connection -> named(rows.byPlayer(connection, ids), SubjectRows.erased(connection, ids))));
    }

    private Map<Player, Named> make(Set<Player> players) {
        return byGame(players, ids -> {
            Admitted admitted = database.write(connection -> rows.findOrCreate(connection, ids));
            return named(admitted.known(), admitted.erased());
        });
    }

    /** What is said of all these, game by game, on lease from before each was asked. */
    private Map<Player, Named> byGame(Set<Player> players, Function<HashedIds, Map<PlayerId, Named>> asking) {
        Map<Integer, Set<PlayerId>> games = new HashMap<>();
        players.forEach(player ->
                games.computeIfAbsent(player.game(), any -> new HashSet<>()).add(player.id()));
        Map<Player, Named> all = new HashMap<>();
        games.forEach((game, ids) -> {
            long before = named.now();
            asking.apply(rows.hashed(game, ids)).forEach((id, one) -> {
                lease(game, id, one, before);
                all.put(new Player(game, id), one);
            });
        });
        return all;
    }

    private void lease(int game, PlayerId id, Named read, long before) {
        named.put(new Player(game, id), read, before);
        Known known = read.known();
        if (known != null) {
            keys.put(known.subject().pseudonym().value(), known.key(), before);
        }
    }

    /** Who was let back in and has sent nothing since has no standing yet. */
    private static void put(Map<PlayerId, Standing> standings, PlayerId id, Named found) {
        Standing standing = found.standing();
        if (standing != null) {
            standings.put(id, standing);
        }
    }

    private static Map<PlayerId, Named> named(List<Known> known, Map<PlayerId, Erased> erased) {
        Map<PlayerId, Named> all = new HashMap<>();
        known.forEach(one -> {
            PlayerId id = one.subject().playerId();
            all.put(id, new Named(one, erased.get(id)));
        });
        erased.forEach((id, one) -> all.putIfAbsent(id, new Named(null, one)));
        return all;
    }
}
