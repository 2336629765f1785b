package io.gamemetrics.projections.metrics;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.metricsstore.MetricsContents;
import io.gamemetrics.projections.runtime.EveryColumnIsSeen;
import io.gamemetrics.projections.runtime.FedVersion;
import io.gamemetrics.projections.runtime.ManyGames;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.erasure.ErasureEvent.ErasedContribution;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.money.RevenueKind;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PostgresTakeOverTest extends TakeOverContract {

    /** How far it is, how it goes on, and what was said where: nobody who asks for numbers sees it. */
    private static final Set<String> UNSEEN = Set.of(
            "change",
            "chart_touched",
            "checkpoint",
            "event_open",
            "parked",
            "term_forgotten",
            "erased_player",
            "taken_over",
            "taken_over_position",
            // Told by keptFrom: two versions may differ in it.
            "event_horizon",
            "game.incarnation",
            "game.position",
            "exchange_rate.incarnation",
            "exchange_rate.position",
            // By number is how readers know a text; by these its writer finds it.
            "term.game",
            "term.sort",
            "term.key");

    @Override
    String newDatabase() {
        return TestPostgres.newDatabase();
    }

    @Override
    boolean atOnce() {
        return true;
    }

    @Override
    int histories() {
        return 4;
    }

    @Test
    void a_change_of_any_column_is_seen_where_it_was_made() throws SQLException {
        try (Fed fed = new Fed(TestPostgres.newDatabase(), 4, History.PARTITIONS)) {
            ManyGames games = History.many(17, fed, 200);
            FedVersion version = Fed.version(fed.database, 1);
            for (int partition = 0; partition < History.PARTITIONS; partition++) {
                List<Placed> events = games.byPartition.get(partition);
                version.handle(partition, events, events.size(), new Random(17));
            }
            erased(fed, version, games.byPartition.getFirst());
            Map<String, String> changes = Map.of(
                    "event.kind", "CASE %s WHEN 14 THEN 1 ELSE 14 END",
                    "event_name.kind", "CASE %s WHEN 14 THEN 1 ELSE 14 END",
                    "event.field_ids", "%s[:0] || (%s[1] + 1000000)",
                    "event.field_values", "%s[:0] || (%s[1] + 1)",
                    "player_money.kind", "CASE %s WHEN 1 THEN 2 ELSE 1 END",
                    "segment_money.kind", "CASE %s WHEN 1 THEN 2 ELSE 1 END",
                    "player_set.sort", "CASE %s WHEN 'a' THEN 'p'::\"char\" ELSE 'a'::\"char\" END",
                    "player_set.players",
                            "(SELECT s.players FROM metrics.player_set s"
                                    + " WHERE s.players <> player_set.players ORDER BY s.players LIMIT 1)",
                    "\"char\"", "'z'::\"char\"",
                    "game.days_from", "DATE '2026-03-20'");
            new EveryColumnIsSeen(fed.database, "metrics", () -> contents(fed), UNSEEN, changes).check();
        }
    }

    /** What stays of two persons. */
    private static void erased(Fed fed, FedVersion version, List<Placed> events) {
        List<Placed> more = new ArrayList<>(events);
        for (int person = 1; person <= 2; person++) {
            Remainder.Day day = new Remainder.Day(
                    LocalDate.parse("2026-03-20").plusDays(person),
                    new Remainder.Segment("ios", person == 1 ? "SE" : null, null, List.of()),
                    9,
                    3,
                    2,
                    BigInteger.valueOf(1_000),
                    2,
                    1,
                    List.of(new Remainder.Amount(RevenueKind.IN_APP, "USD", BigInteger.TEN)));
            Remainder remainder = new Remainder(day.day(), day.day(), List.of(day));
            more.add(fed.place(
                    Fed.GAME,
                    new ErasedContribution(History.ID, remainder, History.BEGINNING),
                    new UUID(99, person),
                    -1));
        }
        version.handle(0, more, more.size(), new Random(17));
    }

    private static Contents contents(Fed fed) {
        return MetricsContents.open(fed.database, 1, MetricsProjection.NAME, section -> true);
    }
}
