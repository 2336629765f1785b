package io.gamemetrics.commandside.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.EmptyReplays;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.PartitionProgress;
import io.gamemetrics.infrastructure.replays.Progress;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.ds.PGSimpleDataSource;

/** A command side whose operators order replays, and a database in which no projection runs. */
abstract class OverReplays {

    static final PGSimpleDataSource READ_MODELS = new PGSimpleDataSource();
    static TestCommandSide server;

    @BeforeAll
    static void start() {
        READ_MODELS.setUrl(TestPostgres.newDatabase());
        server = TestCommandSide.start(
                Databases.create(),
                Map.of(
                        "gamemetrics.timescale.url",
                        READ_MODELS.getUrl(),
                        "gamemetrics.timescale.user",
                        TestPostgres.server().user(),
                        "gamemetrics.timescale.password",
                        TestPostgres.server().password()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void beginAnew() throws Exception {
        EmptyReplays.make(READ_MODELS);
        Versions versions = new Versions(READ_MODELS);
        versions.register(new KnownProjection("metrics", 2, true, 1));
        versions.register(new KnownProjection("notifications", 2, false, 1));
    }

    /** What two partitions' instances would tell. */
    static void tell(int version, long one, long other, long head, double rate, double growth) {
        new Progress(READ_MODELS)
                .tell(
                        "metrics",
                        version,
                        List.of(
                                partition(0, one, head, rate, growth),
                                partition(1, Math.max(one, other), head, rate, growth)));
    }

    /** What a projection would tell when version 2 has caught up. */
    static void prove() {
        Proofs proofs = new Proofs(READ_MODELS);
        for (int partition = 0; partition < 2; partition++) {
            Proofs.Mark mark = new Proofs.Mark(partition, new Position(7, 1_000), 500, 3);
            proofs.caughtUp("metrics", 2, mark);
            proofs.countTail("metrics", 2, List.of(mark));
        }
    }

    static PartitionProgress partition(int number, long position, long head, double rate, double growth) {
        return new PartitionProgress(
                number,
                "1@here",
                new Position(7, position),
                head,
                Instant.now(),
                1,
                rate,
                growth,
                0,
                null,
                Instant.EPOCH);
    }

    static String started() {
        Answer started = start("{\"projection\":\"metrics\"}");
        assertThat(started.status()).isEqualTo(202);
        return started.body().path("replayId").asText();
    }

    static Answer start(String body) {
        return server.admin("POST", "/v1/replays", body);
    }

    static Answer order(String id, String order) {
        return order(id, order, "{}");
    }

    static Answer order(String id, String order, String body) {
        return server.send(
                "POST",
                "/v1/replays/" + id + "/" + order,
                server.admin(),
                "application/json",
                body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer get(String path) {
        return server.get(path, server.admin());
    }
}
