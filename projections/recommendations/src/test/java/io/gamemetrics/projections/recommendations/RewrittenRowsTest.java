package io.gamemetrics.projections.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are there when something comes that says the same, or something else. */
class RewrittenRowsTest {

    private static final String THERE =
            "SELECT count(*) FROM recommendations.source WHERE country = '%s' AND platform = '%s'";

    @TempDir
    Path folder;

    @Test
    void a_purchase_that_is_there_when_it_is_made_is_added_up() {
        try (Fed fed = new Fed(folder)) {
            fed.event("ann", Fed.refunded("p1", "hat", 4));
            fed.flush();
            fed.event("ann", Fed.did("view", "chess", null));
            fed.event("ann", Fed.bought("p1", "hat", 10));
            fed.event("ann", Fed.bought("p2", "shield", 3));
            fed.flush();

            assertThat(fed.tables.affinities("ann"))
                    .isEqualTo(Map.of("hat", "1.0*", "shield", "1.0*", "chess", "0.25"));
            assertThat(fed.tables.number("SELECT paid * 100 + refunds * 10 + refunded FROM recommendations.purchase"
                            + " WHERE refunds > 0"))
                    .isEqualTo(1_014);
            assertThat(fed.tables.number("SELECT count(*) FROM recommendations.purchase"))
                    .isEqualTo(2);
            assertThat(fed.tables.number("SELECT sum(events) FROM recommendations.interaction"))
                    .as("what was written beside it, once")
                    .isEqualTo(1);
            assertThat(fed.tables.number("SELECT sum(events) FROM recommendations.change"))
                    .isEqualTo(4);

            fed.event("ann", Fed.refunded("p1", "hat", 6));
            fed.flush();
            assertThat(fed.tables.affinities("ann")).containsEntry("hat", "0.0");
        }
    }

    @Test
    void where_a_player_is_stays_until_an_event_says_otherwise() {
        try (Fed fed = new Fed(folder)) {
            fed.event("ann", Fed.from("SE", "ios"));
            fed.flush();
            fed.event("ann", Fed.from(null, null));
            fed.flush();
            fed.event("ann", Fed.from("SE", null));
            fed.flush();
            assertThat(fed.tables.number(THERE.formatted("SE", "ios") + " AND xmax::text = '0'"))
                    .as("neither written nor locked again")
                    .isEqualTo(1);

            fed.event("ann", Fed.from(null, "pc"));
            fed.flush();
            fed.event("ann", Fed.from("DE", "pc"));
            fed.flush();
            assertThat(fed.tables.number(THERE.formatted("DE", "pc"))).isEqualTo(1);
        }
    }

    @Test
    void where_a_player_is_becomes_known_though_they_were_there_without_it() {
        try (Fed fed = new Fed(folder)) {
            fed.event("ann", Fed.from(null, null));
            fed.flush();
            fed.event("ann", Fed.from("SE", null));
            fed.flush();
            fed.event("ann", Fed.linkedTo("bob"));
            fed.flush();
            fed.event("ann", Fed.from("SE", "ios"));
            fed.flush();

            assertThat(fed.tables.number("SELECT count(*) FROM recommendations.source WHERE country = 'SE'"
                            + " AND platform = 'ios' AND person = '" + Fed.stream("bob") + "'"))
                    .isEqualTo(1);
        }
    }
}
