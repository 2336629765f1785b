package io.gamemetrics.commandside.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What senders were told of each event, by its id, which nobody sends for another event. Safe for concurrent use. */
final class Ledger {

    private static final int PAGE = 5_000;

    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();
    private final Collection<String> troubles = new ConcurrentLinkedQueue<>();
    private final LongAdder answers = new LongAdder();
    private final LongAdder unavailable = new LongAdder();

    /** Answered 200: these are stored, those are refused for ever. */
    void told(Collection<String> storedIds, Collection<String> refusedIds) {
        stored.addAll(storedIds);
        refused.addAll(refusedIds);
        answers.increment();
    }

    /** No answer, or 503: each of these may be stored, once. */
    void doubted(Collection<String> ids) {
        doubtful.addAll(ids);
    }

    void unavailable() {
        unavailable.increment();
    }

    /** An answer that no fault excuses. */
    void trouble(String what) {
        troubles.add(what);
    }

    long answers() {
        return answers.sum();
    }

    /** Answers 503 so far. */
    long timesUnavailable() {
        return unavailable.sum();
    }

    /** Events that are said to be stored, so far. */
    int storedCount() {
        return stored.size();
    }

    /** Holds the whole store against it: everything promised once, nothing else, no gap and no double place. */
    void check(EventStore store, EventCodec codec) {
        Set<String> found = new HashSet<>();
        Map<UUID, Long> sequences = new HashMap<>();
        long number = 0;
        Position at = new Position(store.position().incarnation(), 0);
        for (List<StoredEvent> page = store.read(at, PAGE); !page.isEmpty(); page = store.read(at, PAGE)) {
            for (StoredEvent event : page) {
                assertThat(event.position().number()).isEqualTo(++number);
                long before = sequences.getOrDefault(event.stream(), -1L);
                assertThat(event.sequence()).as("sequence in a stream").isEqualTo(before + 1);
                sequences.put(event.stream(), event.sequence());
            }
            for (Decoded decoded : codec.decode(page)) {
                assertThat(decoded).isInstanceOf(Decoded.Event.class);
                if (((Decoded.Event) decoded).payload() instanceof PlayerEvent event) {
                    String id = event.header().eventId().value();
                    assertThat(found.add(id)).as("stored once: " + id).isTrue();
                }
            }
            at = page.getLast().position();
        }
        assertThat(store.position().number()).isEqualTo(number);
        assertThat(troubles).isEmpty();
        assertThat(stored.stream().filter(id -> !found.contains(id)))
                .as("answered 200 and lost")
                .isEmpty();
        assertThat(refused.stream().filter(found::contains))
                .as("refused and stored")
                .isEmpty();
        assertThat(found.stream().filter(id -> !stored.contains(id) && !doubtful.contains(id)))
                .as("stored and never sent")
                .isEmpty();
        assertThat(stored).isNotEmpty();
        assertThat(refused).isNotEmpty();
        System.out.printf(
                "%,d events stored and answered, %,d refused, %,d of %,d in doubt stored; %,d answers 503%n",
                stored.size(),
                refused.size(),
                doubtful.stream()
                        .filter(id -> found.contains(id) && !stored.contains(id))
                        .count(),
                doubtful.stream().filter(id -> !stored.contains(id)).count(),
                unavailable.sum());
    }
}
