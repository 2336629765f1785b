package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.Entry;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a version of the boards holds, as it is read: Redis keeps no moment. Sections:
 *
 * <ul>
 *   <li>{@code ban}, {@code fact}, {@code link}: by game; a fact is a time zone or a board's definition, by its position
 *   <li>{@code rule}: by board; by what it counts
 *   <li>{@code list}: by board and period, as {@code score/2026-11}; each place in the list, by person, when the score was
 *       reached and where the event lies
 *   <li>{@code value}: by board and period; what each player brings in, listed or not
 * </ul>
 *
 * What boards know of links and bans is no part of it: one learns of them when they first matter to it, and its lists show
 * it.
 */
public final class LeaderboardsContents implements Contents {

    private final Redis redis;
    private final Predicate<String> asked;

    private LeaderboardsContents(Redis redis, Predicate<String> asked) {
        this.redis = redis;
        this.asked = asked;
    }

    /**
     * @param version which
     * @param asked which sections are given, by name
     */
    public static Contents open(LeaderboardsRedis redis, int version, Predicate<String> asked) {
        return new LeaderboardsContents(new Redis(redis, version), asked);
    }

    @Override
    public boolean isOfOneMoment() {
        return false;
    }

    @Override
    public Map<Integer, Position> positions() {
        Map<Integer, Position> positions = new TreeMap<>();
        for (int partition : Readiness.partitions(redis)) {
            Checkpoint checkpoint = Roots.checkpoint(redis, partition);
            if (checkpoint != null) {
                positions.put(partition, checkpoint.position());
            }
        }
        return positions;
    }

    @Override
    public void forEachCell(Consumer<Cell> each) {
        Map<Cell.Key, Long> counts = new TreeMap<>();
        for (byte[] member : redis.members(redis.keys().games())) {
            int game = Integer.parseInt(Bytes.text(member));
            for (Part part : Part.ofGame(redis, game)) {
                if (asked.test(part.key().section())) {
                    counts.put(part.key(), part.count(redis));
                }
            }
        }
        counts.forEach((key, count) -> {
            if (count > 0) {
                each.accept(new Cell(key, count, OptionalLong.empty()));
            }
        });
    }

    @Override
    public void forEachPage(Cell.Key cell, Consumer<List<Entry>> each) {
        List<Entry> page = new ArrayList<>();
        Part.of(redis.keys(), cell).forEach(redis, entry -> {
            page.add(entry);
            if (page.size() == PAGE) {
                each.accept(List.copyOf(page));
                page.clear();
            }
        });
        if (!page.isEmpty()) {
            each.accept(List.copyOf(page));
        }
    }

    @Override
    public Map<String, Entry> find(Cell.Key cell, Collection<String> keys) {
        if (keys.size() > PAGE) {
            throw new IllegalArgumentException("at most " + PAGE + " keys: keys=" + keys.size());
        }
        Map<String, Entry> found = new HashMap<>();
        if (!keys.isEmpty()) {
            Part.of(redis.keys(), cell).find(redis, List.copyOf(keys), entry -> found.put(entry.key(), entry));
        }
        return found;
    }

    /** There is nothing to let go. */
    @Override
    public void close() {}
}
