package io.gamemetrics.projections.metricsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.projections.metricsstore.Commits.Commit;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CommitsTest {

    private static final int WAITING = 5;

    private final List<List<Integer>> written = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    private static Commit commit(int partition) {
        Checkpoint next = new Checkpoint(new Position(1, 1), Instant.EPOCH, 1, 1, 1);
        MetricsBatch batch = new MetricsBatch();
        batch.add(new EventRow(
                1, 1, new UUID(0, partition), 0, Instant.EPOCH, EventKind.AD_VIEWED, null, null, null, Map.of()));
        return new Commit(new Flush(batch), partition, null, next, List.of(), List.of());
    }

    /** The first to come holds the way until all others wait for it. */
    private List<CompletableFuture<Boolean>> whileOneWrites(Commits commits, ExecutorService threads)
            throws InterruptedException {
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        all.add(CompletableFuture.supplyAsync(() -> commits.write(commit(0)), threads));
        begun.await();
        for (int partition = 1; partition <= WAITING; partition++) {
            int number = partition;
            all.add(CompletableFuture.supplyAsync(() -> commits.write(commit(number)), threads));
        }
        while (commits.waiting() < WAITING) {
            Thread.onSpinWait();
        }
        go.countDown();
        return all;
    }

    private void hold(List<Commit> commits) {
        written.add(commits.stream().map(commit -> commit.partition).toList());
        begun.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void who_waits_for_a_commit_is_written_with_all_others_who_wait() throws Exception {
        Commits commits = new Commits(all -> {
            hold(all);
            all.forEach(commit -> commit.done(commit.partition != 3));
        });
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<CompletableFuture<Boolean>> answers = whileOneWrites(commits, threads);

            assertThat(answers.stream().map(CompletableFuture::join))
                    .containsExactly(true, true, true, false, true, true);
            assertThat(written).containsExactly(List.of(0), List.of(1, 2, 3, 4, 5));
        }
    }

    @Test
    void what_is_enough_for_one_transaction_leaves_the_rest_to_the_next() throws Exception {
        Commits commits = new Commits(
                all -> {
                    hold(all);
                    all.forEach(commit -> commit.done(true));
                },
                2);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<CompletableFuture<Boolean>> answers = whileOneWrites(commits, threads);

            assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(true);
            assertThat(written.stream().map(List::size)).containsExactly(1, 2, 2, 1);
            assertThat(written.stream().flatMap(List::stream)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        }
    }

    @Test
    void a_batch_that_cannot_be_written_keeps_no_other_from_it() throws Exception {
        Commits commits = new Commits(all -> {
            hold(all);
            if (all.stream().anyMatch(commit -> commit.partition == 2)) {
                throw new IllegalStateException("poisoned");
            }
            all.forEach(commit -> commit.done(true));
        });
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<CompletableFuture<Boolean>> answers = whileOneWrites(commits, threads);

            assertThatThrownBy(() -> answers.get(2).join())
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("poisoned");
            for (int partition : Set.of(0, 1, 3, 4, 5)) {
                assertThat(answers.get(partition).join()).isTrue();
            }
        }
    }

    @Test
    void without_a_connection_nobody_waits_for_one_a_second_time() throws Exception {
        Commits commits = new Commits(all -> {
            hold(all);
            throw new MetricsStoreException("no connection", new SQLTransientConnectionException());
        });
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            whileOneWrites(commits, threads).forEach(answer -> assertThatThrownBy(answer::join)
                    .hasCauseInstanceOf(MetricsStoreException.class));

            assertThat(written).hasSize(2);
        }
    }
}
