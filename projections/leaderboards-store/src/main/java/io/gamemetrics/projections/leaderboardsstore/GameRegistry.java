package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.projections.leaderboardsstore.LeaderboardsBatch.Definition;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsBatch.GameChanges;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsBatch.Zone;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of a game as a whole: zones, boards, who is linked to whom, who is banned where. */
final class GameRegistry {

    private final Redis redis;
    private final int game;

    GameRegistry(Redis redis, int game) {
        this.redis = redis;
        this.game = game;
    }

    GameConfig config() {
        return new GameConfig(redis.all(redis.keys().config(game)));
    }

    List<Operation.Ban> bansOn(String boardId) {
        return Bans.on(boardId, redis.entries(redis.keys().bans(game)));
    }

    /** The person of each of these players who is linked to one. */
    Map<UUID, UUID> personsOf(List<UUID> players) {
        List<byte @Nullable []> persons = redis.get(
                redis.keys().links(game), players.stream().map(Bytes::of).toList());
        Map<UUID, UUID> links = new HashMap<>();
        for (int i = 0; i < persons.size(); i++) {
            byte[] person = persons.get(i);
            if (person != null) {
                links.put(players.get(i), Bytes.uuid(person));
            }
        }
        return links;
    }

    /**
     * Keeps what a batch says of the game as a whole. May be repeated, and called for several partitions at a time.
     *
     * @param isLate whether these had been parked
     * @param reach takes in the position of the last change, when there is one
     * @throws BoardLostException when Redis has lost what was kept before
     */
    void write(GameChanges changes, Roots roots, boolean isLate, Reach reach) {
        Map<String, String> facts = redis.all(redis.keys().config(game));
        byte[] times = Roots.releasedField(roots.partition());
        roots.require(
                Roots.of(game), facts.get(Bytes.text(Roots.field(roots.partition()))), facts.get(Bytes.text(times)));
        Position last = lastOf(changes).orElse(null);
        if (last == null) {
            return;
        }
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(Roots.field(roots.partition()));
        arguments.add(Bytes.of(last.toString()));
        arguments.add(isLate ? times : Bytes.of(""));
        Map<String, String> fresh = factsOf(changes, facts);
        arguments.add(Bytes.of(fresh.size()));
        fresh.forEach((field, value) -> {
            arguments.add(Bytes.of(field));
            arguments.add(Bytes.of(value));
        });
        List<Operation.Link> links = changes.operations(Operation.Link.class);
        arguments.add(Bytes.of(links.size()));
        for (Operation.Link link : links) {
            arguments.add(Bytes.of(link.player()));
            arguments.add(Bytes.of(link.person()));
        }
        for (Operation.Ban ban : changes.operations(Operation.Ban.class)) {
            arguments.add(Bans.field(ban.player(), ban.boardId()));
            arguments.add(Bytes.of(ban.position().number()));
            arguments.add(Bytes.of(ban.banned() ? "1" : "0"));
        }
        redis.addToSet(redis.keys().games(), Bytes.of(game));
        Long written = redis.run(
                Scripts.GAME,
                List.of(
                        redis.keys().config(game),
                        redis.keys().links(game),
                        redis.keys().bans(game)),
                arguments);
        reach.add(Roots.of(game), last, isLate ? Long.toString(Objects.requireNonNull(written)) : null);
    }

    /** A game that is only renamed says its zone again: such facts are left out. */
    private static Map<String, String> factsOf(GameChanges changes, Map<String, String> known) {
        Map<String, String> all = new HashMap<>(known);
        Map<String, String> fresh = new LinkedHashMap<>();
        for (Zone zone : changes.zones) {
            if (!new GameConfig(all).isZoneBefore(zone.zone(), zone.at().number())) {
                fresh.put(GameConfig.zoneField(zone.at()), zone.zone().getId());
                all.putAll(fresh);
            }
        }
        for (Definition board : changes.boards) {
            fresh.put(
                    GameConfig.boardField(board.at()),
                    GameConfig.board(board.boardId(), board.operator(), board.order(), board.reset()));
        }
        return fresh;
    }

    private static Optional<Position> lastOf(GameChanges changes) {
        return Stream.of(
                        changes.zones.stream().map(Zone::at),
                        changes.boards.stream().map(Definition::at),
                        changes.operations(Operation.Link.class).stream().map(Operation::position),
                        changes.operations(Operation.Ban.class).stream().map(Operation::position))
                .flatMap(positions -> positions)
                .max((one, other) -> Long.compare(one.number(), other.number()));
    }
}
