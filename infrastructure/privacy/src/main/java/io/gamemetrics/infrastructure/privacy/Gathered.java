package io.gamemetrics.infrastructure.privacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks for keys of many callers at once: while one question is under way the next ones gather, and whoever finds the way
 * free asks for all of them. A lone caller waits for nobody. Hundreds of callers then take one connection, not hundreds.
 * Safe for concurrent use.
 */
final class Gathered<K, V> {

    private final Function<Set<K>, Map<K, V>> asking;
    private final int enough;
    private final ReentrantLock way = new ReentrantLock();
    private final Queue<Question<K, V>> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param asking answers for those keys that have an answer; what it throws is thrown to all who asked together
     * @param enough keys of one question; what waits beyond them waits for the next
     */
    Gathered(Function<Set<K>, Map<K, V>> asking, int enough) {
        this.asking = asking;
        this.enough = enough;
    }

    private static final class Question<K, V> {
        private final Set<K> keys;
        private volatile @Nullable Map<K, V> answer;
        private volatile @Nullable RuntimeException failure;

        Question(Set<K> keys) {
            this.keys = keys;
        }

        boolean isOver() {
            return answer != null || failure != null;
        }
    }

    /** The answers to these keys; without an answer a key is absent. */
    Map<K, V> ask(Set<K> keys) {
        Question<K, V> mine = new Question<>(keys);
        waiting.add(mine);
        while (!mine.isOver()) {
            way.lock();
            try {
                if (!mine.isOver()) {
                    askFor(some());
                }
            } finally {
                way.unlock();
            }
        }
        RuntimeException failure = mine.failure;
        if (failure != null) {
            throw failure;
        }
        Map<K, V> mineAlone = new HashMap<>();
        Map<K, V> all = mine.answer;
        for (K key : keys) {
            V value = all == null ? null : all.get(key);
            if (value != null) {
                mineAlone.put(key, value);
            }
        }
        return mineAlone;
    }

    /** How many have come while another asks. */
    int waiting() {
        return waiting.size();
    }

    private List<Question<K, V>> some() {
        List<Question<K, V>> some = new ArrayList<>();
        int keys = 0;
        for (Question<K, V> next = waiting.poll(); next != null; next = keys < enough ? waiting.poll() : null) {
            some.add(next);
            keys += next.keys.size();
        }
        return some;
    }

    private void askFor(List<Question<K, V>> questions) {
        if (questions.isEmpty()) {
            return;
        }
        Set<K> keys = new HashSet<>();
        questions.forEach(question -> keys.addAll(question.keys));
        try {
            Map<K, V> answer = asking.apply(keys);
            questions.forEach(question -> question.answer = answer);
        } catch (RuntimeException e) {
            questions.forEach(question -> question.failure = e);
        } catch (Error e) {
            questions.forEach(question -> question.failure = new IllegalStateException(e));
            throw e;
        }
    }
}
