package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.datamap.DataMap;
import io.gamemetrics.infrastructure.datamap.Place;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever kind of key a board writes is one of those in {@code data-map/leaderboards.map}. */
class DeclaredKeysTest {

    private final LeaderboardsRedis redis = LeaderboardsRedis.at(TestRedis.url());

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void every_kind_of_key_is_in_the_data_map() {
        new Board(redis, Operator.BEST, SortOrder.DESC)
                .score(1, 5)
                .score(2, 4)
                .link(2, 1)
                .ban(1, false);

        Set<String> declared = new TreeSet<>(DataMap.current().store("leaderboards").places().stream()
                .map(Place::name)
                .toList());
        assertThat(declared).containsAll(kinds());
        assertThat(kinds()).contains("{G:B}:state:P", "{G:B}:rank:P", "{G:B}:linked", "{partition-N}:checkpoint");
    }

    @Test
    void a_new_kind_of_key_is_found() {
        new Board(redis, Operator.BEST, SortOrder.DESC).score(1, 5);
        Redis direct = new Redis(redis, 1);
        direct.onConnection(connection ->
                connection.setCommands().sAdd(Bytes.of("gm:leaderboards:{1:board}:shoes:2026-01"), Bytes.of("x")));

        assertThat(kinds()).contains("{G:B}:shoes:2026-01");
    }

    /** Keys, with letters instead of what is numbered. */
    private Set<String> kinds() {
        Redis direct = new Redis(redis, 1);
        Set<String> kinds = new TreeSet<>();
        direct.onConnection(connection -> AllKeys.forEach(
                connection,
                direct.keys().pattern(),
                key -> kinds.add(Bytes.text(key)
                        .replaceFirst("^gm:leaderboards:", "")
                        .replaceFirst("^\\{partition-\\d+}", "{partition-N}")
                        .replaceFirst("^\\{\\d+}", "{G}")
                        .replaceFirst("^\\{\\d+:[^}]+}", "{G:B}")
                        .replaceFirst(":(rank|state):.*", ":$1:P"))));
        return kinds;
    }
}
