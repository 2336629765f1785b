package io.gamemetrics.queryside.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.PartitionProgress;
import io.gamemetrics.infrastructure.replays.Progress;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Position;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ActiveVersionsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final AtomicInteger asked = new AtomicInteger();
    private final ActiveVersions versions = new ActiveVersions(
            projection -> {
                asked.incrementAndGet();
                return new Versions(database).active(projection);
            },
            nanos::get);

    ActiveVersionsTest() {
        database.setUrl(TestPostgres.newDatabase());
    }

    @AfterEach
    void endRequest() {
        PinnedVersions.clear();
    }

    @Test
    void before_anybody_speaks_of_versions_there_is_the_first() {
        assertThat(versions.of("metrics")).isEqualTo(1);
        ReplaysSchema.migrate(database);
        pass(ActiveVersions.STALE_MILLIS);
        assertThat(versions.of("metrics")).isEqualTo(1);
    }

    @Test
    void a_switch_is_noticed_within_half_a_second_and_nobody_asks_more_often() {
        switchTo2();
        assertThat(versions.of("metrics")).isEqualTo(2);
        assertThat(asked).hasValue(1);
        pass(ActiveVersions.STALE_MILLIS - 1);
        versions.of("metrics");
        assertThat(asked).hasValue(1);
        pass(1);
        versions.of("metrics");
        assertThat(asked).hasValue(2);
    }

    @Test
    void while_nobody_answers_the_version_stays_what_it_was() {
        switchTo2();
        assertThat(versions.of("metrics")).isEqualTo(2);
        database.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
        pass(ActiveVersions.STALE_MILLIS);

        assertThat(versions.of("metrics")).isEqualTo(2);
    }

    @Test
    void a_request_is_answered_from_the_version_it_began_with_on_all_its_threads() {
        IntSupplier pinned = versions.pinned("metrics");
        ContextRegistry registry = ContextRegistry.getInstance();
        PinnedVersions.begin();
        assertThat(pinned.getAsInt()).isEqualTo(1);
        switchTo2();
        pass(ActiveVersions.STALE_MILLIS);

        assertThat(pinned.getAsInt()).isEqualTo(1);
        Executor others = ContextSnapshotFactory.builder()
                .contextRegistry(registry)
                .build()
                .captureAll()
                .wrapExecutor(ForkJoinPool.commonPool());
        assertThat(CompletableFuture.supplyAsync(pinned::getAsInt, others).join())
                .isEqualTo(1);
        assertThat(CompletableFuture.supplyAsync(pinned::getAsInt).join()).isEqualTo(2);
        PinnedVersions.clear();
        assertThat(pinned.getAsInt()).isEqualTo(2);
    }

    private void pass(int millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private void switchTo2() {
        ReplaysSchema.migrate(database);
        new Versions(database).register(new KnownProjection("metrics", 1, true, 1));
        Replays replays = new Replays(database);
        Replay replay = replays.start("metrics", ReplayWish.manual(), "ada");
        replays.caughtUp(replay.id(), 100);
        new Progress(database)
                .tell(
                        "metrics",
                        2,
                        List.of(new PartitionProgress(
                                0,
                                "one",
                                new Position(1, 100),
                                100,
                                Instant.now(),
                                100,
                                1,
                                1,
                                0,
                                null,
                                Instant.EPOCH)));
        Proofs.Mark mark = new Proofs.Mark(0, new Position(1, 100), 100, 3);
        new Proofs(database).caughtUp("metrics", 2, mark);
        new Proofs(database).countTail("metrics", 2, List.of(mark));
        replays.switchOver(replay.id(), "ada");
    }
}
