package io.gamemetrics.commandside.replay;

import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.replays.Comparison;
import io.gamemetrics.infrastructure.replays.Difference;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Old and new held against each other, as operators see it.
 *
 * @param state WANTED, RUNNING, DONE or FAILED
 * @param cells parts compared: a day of a game, a board's list
 * @param entries looked at one by one
 * @param differences how many parts are not the same
 * @param found the first of them, 100 at most
 * @param problem one sentence, when it failed
 */
record ComparisonDocument(
        String state,
        Instant askedAt,
        @Nullable Instant endedAt,
        long cells,
        long entries,
        long differences,
        @Nullable String problem,
        List<Found> found) {

    /**
     * One part. {@link Difference} says what each is.
     *
     * @param game its id; absent for what belongs to no game
     */
    record Found(
            String section,
            @Nullable String game,
            String part,
            long oldCount,
            long newCount,
            @Nullable Long oldChecksum,
            @Nullable Long newChecksum,
            @Nullable Double distance,
            List<String> positions) {}

    static ComparisonDocument of(Comparison comparison, List<Difference> differences, Vault vault) {
        return new ComparisonDocument(
                comparison.state().name(),
                comparison.askedAt(),
                comparison.endedAt(),
                comparison.cells(),
                comparison.entries(),
                comparison.differences(),
                comparison.problem(),
                differences.stream().map(each -> found(each, vault)).toList());
    }

    private static Found found(Difference each, Vault vault) {
        return new Found(
                each.section(),
                each.game() == 0
                        ? null
                        : vault.gameOf(each.game()).map(GameId::value).orElse(null),
                each.part(),
                each.oldCount(),
                each.newCount(),
                each.oldChecksum(),
                each.newChecksum(),
                each.distance(),
                each.positions());
    }
}
