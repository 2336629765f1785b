package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.ReplayWish.SwitchWhen;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the versions of a projection hand over when a person asks what is held of them. */
@Execution(ExecutionMode.CONCURRENT)
class ExportDutiesTest {

    private final LiveStream stream = new LiveStream();
    private final Giving counting = new Giving(stream);
    private final ErasureOrders orders = new ErasureOrders(stream.database());
    private final UUID request = UUID.randomUUID();

    /** Counts, and gives rows of whoever is asked for. */
    private static final class Giving extends VersionedCounting implements Exporting {

        private final LiveStream stream;
        private final Map<String, byte[]> pieces = new ConcurrentHashMap<>();
        private volatile int rowsEach = 1;

        Giving(LiveStream stream) {
            super(stream);
            this.stream = stream;
            ErasuresSchema.migrate(stream.database());
        }

        @Override
        ReplayControl control(String instance) {
            return super.control(instance)
                    .answering(new ErasureQuestions(
                            new ErasureOrders(stream.database()), (of, subject) -> List.of(), this::keep));
        }

        private void keep(UUID of, int subject, String part, int number, byte[] piece, boolean isLast) {
            pieces.put(subject + " " + part + " " + number + (isLast ? " last" : ""), piece);
        }

        @Override
        public Optional<Exporting> exporting() {
            return rowsEach == 0 ? Optional.empty() : Optional.of(this);
        }

        @Override
        public Map<String, String> tables() {
            return Map.of("row", "Rows of a player.");
        }

        @Override
        public void export(int version, Collection<Person> person, Rows rows) {
            for (Person each : person) {
                for (int i = 0; i < rowsEach; i++) {
                    rows.add("row", Map.of("player", each.player()));
                }
            }
        }
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void the_version_readers_ask_hands_over_what_it_holds_piece_by_piece() {
        stream.publish();
        stream.append(60);
        counting.rowsEach = 20_000;
        supervise();
        counting.control("test").replays().start("counting", wish(), "ada");
        ErasureOrder order = order();
        orders.begin(order);

        LiveStream.await(() -> answers(order).size() == 2);
        assertThat(answers(order))
                .containsExactly(
                        new ErasureAnswer("counting", 1, Map.of("row", 40_000L, ErasureAnswer.EXPORTED, 40_000L)),
                        new ErasureAnswer("counting", 2, Map.of()));
        assertThat(counting.pieces.keySet())
                .containsExactlyInAnyOrder("0 counting 0", "0 counting 1", "0 counting 2 last");
        List<String> lines = counting.pieces.values().stream()
                .flatMap(piece -> new String(piece, StandardCharsets.UTF_8).lines())
                .toList();
        assertThat(lines).hasSize(3 + 40_000);
        assertThat(counting.pieces.values())
                .allSatisfy(piece -> assertThat(piece).hasSizeLessThanOrEqualTo(ExportPart.PIECE_BYTES));
        assertThat(lines.stream().filter(line -> line.equals("{\"row\":\"Rows of a player.\"}")))
                .as("each piece says what the tables are")
                .hasSize(3);
    }

    @Test
    void who_keeps_nothing_says_that_it_is_nothing() {
        stream.publish();
        stream.append(60);
        counting.rowsEach = 0;
        supervise();
        ErasureOrder order = order();
        orders.begin(order);
        LiveStream.await(() -> !answers(order).isEmpty());
        assertThat(answers(order))
                .containsExactly(new ErasureAnswer("counting", 1, Map.of(ErasureAnswer.EXPORTED, 0L)));
        assertThat(counting.pieces).isEmpty();
    }

    private void supervise() {
        counting.control("test").versions().register(new KnownProjection("counting", LiveStream.PARTITIONS, true, 1));
        stream.start(counting.supervise("one", Long.MAX_VALUE));
    }

    private List<ErasureAnswer> answers(ErasureOrder order) {
        return orders.answers(order.request(), order.subject(), order.step());
    }

    private ErasureOrder order() {
        return new ErasureOrder(
                request,
                0,
                7,
                List.of(UUID.randomUUID(), UUID.randomUUID()),
                List.of(4, 8),
                Step.EXPORT,
                stream.store.position());
    }

    private static ReplayWish wish() {
        return new ReplayWish(null, SwitchWhen.MANUAL, null, null, ReplayPart.whole());
    }
}
