package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.infrastructure.embeddedservers.KafkaServer;
import io.gamemetrics.infrastructure.embeddedservers.PostgresServer;
import io.gamemetrics.infrastructure.embeddedservers.RedisServer;
import io.gamemetrics.infrastructure.embeddedservers.ServerBinaries;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The servers of one deployment, which no service starts or stops. */
record Backends(Path folder, PostgresServer postgres, KafkaServer kafka, RedisServer redis) implements AutoCloseable {

    static Backends start(Path folder) throws Exception {
        ServerBinaries binaries = new ServerBinaries(folder.resolve("binaries"));
        CompletableFuture<KafkaServer> kafka =
                CompletableFuture.supplyAsync(() -> KafkaServer.start(folder.resolve("kafka")));
        PostgresServer postgres = PostgresServer.start(folder.resolve("postgres"), binaries, Map.of());
        for (String database : new String[] {"events", "events_vault", "read"}) {
            postgres.createDatabase(database);
        }
        RedisServer redis = RedisServer.start(folder.resolve("redis"), binaries);
        return new Backends(folder, postgres, kafka.join(), redis);
    }

    /** Where services find them. */
    Map<String, String> environment() {
        return Map.of(
                "GAMEMETRICS_POSTGRES_URL", postgres.url("events"),
                "GAMEMETRICS_POSTGRES_USER", postgres.user(),
                "GAMEMETRICS_POSTGRES_PASSWORD", postgres.password(),
                "GAMEMETRICS_TIMESCALE_URL", postgres.url("read"),
                "GAMEMETRICS_TIMESCALE_USER", postgres.user(),
                "GAMEMETRICS_TIMESCALE_PASSWORD", postgres.password(),
                "GAMEMETRICS_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "GAMEMETRICS_REDIS_URL", redis.url(),
                "GAMEMETRICS_KEY_DIR", folder.resolveSibling("keys").toString());
    }

    /** The files of the broker's partitions. */
    Path kafkaLogs() {
        return folder.resolve("kafka/data");
    }

    @Override
    public void close() {
        redis.close();
        kafka.close();
        postgres.close();
    }
}
