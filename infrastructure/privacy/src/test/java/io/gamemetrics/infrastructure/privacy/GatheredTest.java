package io.gamemetrics.infrastructure.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatheredTest {

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<Set<Integer>> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch firstIsUnderWay = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    @AfterEach
    void end() {
        firstMayEnd.countDown();
        callers.shutdownNow();
    }

    @Test
    void who_comes_while_one_asks_is_asked_for_together_and_each_gets_their_own() throws Exception {
        Gathered<Integer, String> gathered = new Gathered<>(this::answer, 1_000);
        Future<Map<Integer, String>> first = callers.submit(() -> gathered.ask(Set.of(0)));
        firstIsUnderWay.await();
        List<Future<Map<Integer, String>>> others = askTwenty(gathered);
        firstMayEnd.countDown();

        assertThat(first.get()).containsExactly(Map.entry(0, "0"));
        for (int i = 0; i < others.size(); i++) {
            assertThat(others.get(i).get()).containsExactlyInAnyOrderEntriesOf(Map.of(i + 1, "" + (i + 1), 100, "100"));
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void what_is_more_than_enough_waits_for_the_next_question() throws Exception {
        Gathered<Integer, String> gathered = new Gathered<>(this::answer, 8);
        var _ = callers.submit(() -> gathered.ask(Set.of(0)));
        firstIsUnderWay.await();
        List<Future<Map<Integer, String>>> others = askTwenty(gathered);
        firstMayEnd.countDown();
        for (Future<Map<Integer, String>> other : others) {
            other.get();
        }

        // Two keys each, one of them the same: at most four questions go together.
        assertThat(asked)
                .allSatisfy(keys -> assertThat(keys).hasSizeLessThanOrEqualTo(5))
                .hasSize(6);
    }

    @Test
    void a_failure_is_everybodys_who_asked_together_and_nobodys_after() {
        List<Integer> times = new ArrayList<>();
        Gathered<Integer, String> gathered = new Gathered<>(
                keys -> {
                    times.add(1);
                    if (times.size() == 1) {
                        throw new IllegalArgumentException("down");
                    }
                    return Map.of(7, "seven");
                },
                10);

        assertThatThrownBy(() -> gathered.ask(Set.of(7))).hasMessage("down");
        assertThat(gathered.ask(Set.of(7, 8))).containsExactly(Map.entry(7, "seven"));
    }

    private List<Future<Map<Integer, String>>> askTwenty(Gathered<Integer, String> gathered) throws Exception {
        List<Future<Map<Integer, String>>> others = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            int key = i;
            others.add(callers.submit(() -> gathered.ask(Set.of(key, 100))));
        }
        while (gathered.waiting() < 20) {
            firstMayEnd.await(5, TimeUnit.MILLISECONDS);
        }
        return others;
    }

    private Map<Integer, String> answer(Set<Integer> keys) {
        asked.add(keys);
        firstIsUnderWay.countDown();
        try {
            firstMayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Map<Integer, String> answers = new HashMap<>();
        keys.forEach(key -> answers.put(key, "" + key));
        return answers;
    }
}
