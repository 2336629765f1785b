package io.gamemetrics.commandside.player;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.player.Decision.Accepted;
import io.gamemetrics.commandside.player.Decision.Duplicate;
import io.gamemetrics.commandside.player.Decision.Rejected;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The aggregate with its bounded state against an oracle that reads the whole history every time. */
class RandomHistoriesTest {

    private static final int EVENTS = 600;

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L));
        seeds.add(System.nanoTime());
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decisionsAreThoseOfAnOracleThatForgetsNothing(long seed) {
        Random random = new Random(seed);
        Run run = new Run(random);
        List<PlayerEvent> oracle = new ArrayList<>();
        for (List<PlayerEvent> batch : run.batches(randomEvents(random, EVENTS))) {
            List<String> expected = new ArrayList<>();
            batch.forEach(event -> expected.add(Oracle.decide(oracle, event)));
            assertThat(run.send(batch)).as("seed " + seed).isEqualTo(expected);
        }
        assertThat(run.history.events().stream().map(PlayerEvent::asSent).toList())
                .as("seed " + seed)
                .isEqualTo(oracle);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void factsAreTheSameInWhateverOrderEventsArrive(long seed) {
        Random random = new Random(seed);
        List<PlayerEvent> events = consistentEvents();
        Facts before = null;
        for (int round = 0; round < 4; round++) {
            Run run = new Run(random);
            run.batches(events).forEach(run::send);
            Facts facts = Facts.of(run.history.events());
            assertThat(before == null ? facts : before).as("seed " + seed).isEqualTo(facts);
            before = facts;
            Collections.shuffle(events, random);
        }
    }

    /** What a history comes to for whoever counts: lengths of sessions, and what of each purchase was given back. */
    private record Facts(int events, Map<SessionId, Long> lengths, Map<EventId, Long> refunded) {

        static Facts of(List<PlayerEvent> history) {
            Map<SessionId, Long> lengths = new HashMap<>();
            Map<EventId, Long> refunded = new HashMap<>();
            for (PlayerEvent event : history) {
                switch (event) {
                    case SessionStarted e
                    when e.lengthMillis() != null -> lengths.merge(e.header().sessionId(), e.lengthMillis(), Long::sum);
                    case SessionEnded e
                    when e.started() != null ->
                        lengths.merge(e.header().sessionId(), e.started().lengthMillis(), Long::sum);
                    case PurchaseMade e ->
                        e.settles().forEach(one -> refunded.merge(e.header().eventId(), one.micros(), Long::sum));
                    case PurchaseRefunded e
                    when e.settled() != null ->
                        refunded.merge(e.purchaseEventId(), e.settled().amount().micros(), Long::sum);
                    default -> {}
                }
            }
            return new Facts(history.size(), lengths, refunded);
        }
    }

    /** Sends batches to one player and keeps what came of it; now and then the player is rebuilt from a snapshot. */
    private static final class Run {

        private final Random random;
        private final History history = new History();
        private PlayerState state = new PlayerState();

        Run(Random random) {
            this.random = random;
        }

        List<List<PlayerEvent>> batches(List<PlayerEvent> events) {
            List<List<PlayerEvent>> batches = new ArrayList<>();
            for (int from = 0; from < events.size(); ) {
                int to = Math.min(events.size(), from + 1 + random.nextInt(40));
                batches.add(events.subList(from, to));
                from = to;
            }
            return batches;
        }

        List<String> send(List<PlayerEvent> batch) {
            if (random.nextInt(4) == 0) {
                state = PlayerState.fromBytes(state.toBytes());
            }
            List<Candidate> candidates = new ArrayList<>();
            batch.forEach(event -> candidates.add(new Candidate(candidates.size(), event)));
            Set<KnownEvents.Question> questions = Questions.of(state, candidates);
            io.gamemetrics.commandside.player.Facts facts = new io.gamemetrics.commandside.player.Facts(
                    state, history.find(Events.PLAYER.value(), questions), candidates);
            Decided decided = Decided.of(
                    candidates,
                    facts,
                    List.of(
                            new SessionStartsAndEndsOnce(),
                            new SessionEndsAfterItsStart(),
                            new RefundIsNotMoreThanBought()));
            decided.events().forEach(event -> {
                state.evolve(event);
                history.add(event);
            });
            return decided.decisions().stream()
                    .map(decision -> switch (decision) {
                        case Accepted a -> "accepted";
                        case Duplicate d -> "duplicate";
                        case Rejected r -> r.refusal().code();
                    })
                    .toList();
        }
    }

    /** Decides by reading everything, in the plainest way. Keeps accepted events as they were sent. */
    private static final class Oracle {

        static String decide(List<PlayerEvent> history, PlayerEvent event) {
            for (PlayerEvent earlier : history) {
                if (earlier.header().eventId().equals(event.header().eventId())) {
                    return earlier.equals(event) ? "duplicate" : "event.id.conflict";
                }
            }
            @Nullable
            String refusal =
                    switch (event) {
                        case SessionStarted start -> session(history, start, SessionStarted.class, SessionEnded.class);
                        case SessionEnded end -> session(history, end, SessionEnded.class, SessionStarted.class);
                        case PurchaseRefunded refund -> refund(history, refund);
                        default -> null;
                    };
            if (refusal == null) {
                history.add(event);
            }
            return refusal == null ? "accepted" : refusal;
        }

        private static @Nullable String session(
                List<PlayerEvent> history, PlayerEvent event, Class<?> same, Class<?> counterpart) {
            for (PlayerEvent earlier : history) {
                boolean ofSession = Objects.equals(
                        event.header().sessionId(), earlier.header().sessionId());
                if (ofSession && same.isInstance(earlier)) {
                    return "session.conflict";
                }
            }
            for (PlayerEvent earlier : history) {
                boolean ofSession = Objects.equals(
                        event.header().sessionId(), earlier.header().sessionId());
                if (ofSession && counterpart.isInstance(earlier)) {
                    Instant one = earlier.header().occurredAt();
                    Instant other = event.header().occurredAt();
                    boolean wrong = event instanceof SessionEnded ? other.isBefore(one) : one.isBefore(other);
                    return wrong ? "session.end.beforeStart" : null;
                }
            }
            return null;
        }

        /** Plays the purchase's refunds through again, those before it settled by it, to see what is left now. */
        private static @Nullable String refund(List<PlayerEvent> history, PurchaseRefunded refund) {
            int bought = -1;
            for (int i = 0; i < history.size(); i++) {
                if (history.get(i) instanceof PurchaseMade p
                        && p.header().eventId().equals(refund.purchaseEventId())) {
                    bought = i;
                }
            }
            if (bought < 0) {
                return null;
            }
            long price = ((PurchaseMade) history.get(bought)).price().micros();
            long left = price;
            for (PlayerEvent earlier : history) {
                if (earlier instanceof PurchaseRefunded r && r.purchaseEventId().equals(refund.purchaseEventId())) {
                    left -= r.amountMicros() == null ? left : Math.min(r.amountMicros(), left);
                }
            }
            boolean tooMuch = refund.amountMicros() == null ? left == 0 && price > 0 : refund.amountMicros() > left;
            return tooMuch ? "refund.tooMuch" : null;
        }
    }

    /** Few ids and many events, so that everything collides with everything. */
    private static List<PlayerEvent> randomEvents(Random random, int count) {
        List<PlayerEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "e" + random.nextInt(count);
            String session = "s" + random.nextInt(60);
            long minute = random.nextInt(100);
            events.add(
                    switch (random.nextInt(6)) {
                        case 0 -> Events.start(id, session, minute);
                        case 1 -> Events.end(id, session, minute, random.nextBoolean() ? null : 5L);
                        case 2, 3 -> Events.purchase("p" + random.nextInt(40), 100, random.nextInt(2));
                        case 4 ->
                            Events.refund(
                                    id,
                                    "p" + random.nextInt(40),
                                    random.nextBoolean() ? null : (long) random.nextInt(120),
                                    minute);
                        default -> Events.achievement(id, "x", random.nextBoolean() ? null : session, minute);
                    });
            if (random.nextInt(4) == 0) {
                events.add(events.get(random.nextInt(events.size())));
            }
        }
        return events;
    }

    /** Nothing of these contradicts anything else, so nothing may be refused in any order. */
    private static List<PlayerEvent> consistentEvents() {
        List<PlayerEvent> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(Events.start("start" + i, "s" + i, i));
            events.add(Events.end(
                    "end" + i,
                    "s" + i,
                    i + 7,
                    i % 2 == 0 ? null : Duration.ofMinutes(3).toMillis()));
            events.add(Events.purchase("p" + i, 100, i));
            events.add(Events.refund("r" + i, "p" + i, 30L, i + 1));
            events.add(Events.refund("q" + i, "p" + i, 70L, i + 2));
        }
        return events;
    }
}
