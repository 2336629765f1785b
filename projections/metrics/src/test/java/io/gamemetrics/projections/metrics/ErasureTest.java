package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.infrastructure.readstore.PostgresScan;
import io.gamemetrics.infrastructure.testkit.PlantedControls;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.metricsstore.MetricsPersons;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever is erased is gone from every row, sums of all players stay, and a replay comes to the same. */
class ErasureTest {

    @Test
    void any_person_of_any_history_is_gone_and_totals_stay_live_replayed_and_half_way() throws SQLException {
        for (int round = 0; round < 6; round++) {
            new ErasedHistory(Long.getLong("seed", 20_261_130L) + round).run();
        }
    }

    @Test
    @Tag("faults")
    void and_so_in_many_more_histories() throws SQLException {
        long seed = Long.getLong("seed", System.nanoTime());
        for (int round = 0; round < 60; round++) {
            new ErasedHistory(seed + round).run();
        }
    }

    @Test
    void a_segment_on_a_day_with_fewer_than_five_others_becomes_other() throws SQLException {
        try (Fed fed = new Fed(TestPostgres.newDatabase(), 4, History.PARTITIONS)) {
            List<Placed> events = new ArrayList<>();
            GameCreated created = new GameCreated(
                    History.ID,
                    "Few",
                    ZoneOffset.UTC,
                    Currency.getInstance("USD"),
                    ActiveBy.ANY_EVENT,
                    Stage.TEST,
                    History.BEGINNING);
            events.add(fed.place(created, new UUID(0, 0), -1));
            for (int player = 0; player < 6; player++) {
                // All six on iOS in Sweden; five of them on Android, too.
                events.add(seen(fed, player, "ios", "SE"));
                if (player < 5) {
                    events.add(seen(fed, player, "android", "SE"));
                }
            }
            fed.flush(0, events);

            Remainder remainder = new MetricsPersons(fed.database, 1)
                    .remainder(List.of(new Person(Fed.GAME, new Pseudonym(new UUID(Fed.GAME, 0)), 0)));

            assertThat(remainder.days())
                    .extracting(Remainder.Day::segment)
                    .containsExactlyInAnyOrder(
                            new Remainder.Segment("ios", "SE", null, List.of()), Remainder.Segment.OTHERS);
            assertThat(remainder.firstDay()).isEqualTo(LocalDate.parse("2026-03-20"));
            assertThat(remainder.firstSessionDay()).isNull();
        }
    }

    private static Placed seen(Fed fed, int player, String platform, String country) {
        EventHeader header = new EventHeader(
                new EventId(platform + player),
                History.BEGINNING,
                null,
                new Dimensions(platform, country, null, Map.of()),
                false);
        return fed.place(new PlayerEvent.AchievementUnlocked(header, "seen"), new UUID(Fed.GAME, player), player);
    }

    @Test
    void a_control_is_found_in_every_column() throws SQLException {
        try (Fed fed = new Fed(TestPostgres.newDatabase(), 4, History.PARTITIONS);
                Connection connection = fed.database.getConnection()) {
            History history = new History(1, fed, 60);
            for (int partition = 0; partition < History.PARTITIONS; partition++) {
                fed.flush(partition, history.byPartition.get(partition));
            }
            int columns = PlantedControls.inEveryColumn(
                    connection, "metrics", (planted, table, column, control) -> assertThat(
                                    new PostgresScan("metrics").scan(planted, Needles.of(List.of(control))))
                            .containsExactly(new Hit("metrics", table + "." + column, 0, 1)));
            assertThat(columns).isGreaterThan(15);
        }
    }
}
