package io.gamemetrics.commandside.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gamemetrics.infrastructure.embeddedservers.KafkaServer;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are away, silent or full for a while, at full rate: what was answered stays, and all recovers by itself. */
@Tag("faults")
class OutageTest {

    /** Longer than anybody waits for a connection. */
    private static final Duration POSTGRESQL_AWAY = Duration.ofSeconds(Integer.getInteger("awaySeconds", 35));

    private static final Duration KAFKA_AWAY = Duration.ofSeconds(Integer.getInteger("kafkaAwaySeconds", 60));
    private static final int SENDERS = 8;
    private static final int DISK_MEBIBYTES = 400;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("gamemetrics.seed", System.nanoTime());

    @Test
    void postgresqlIsStoppedAndStartedAgain() throws Exception {
        Ledger ledger = new Ledger();
        try (FaultyServers servers = start(folder.resolve("postgres"), Map.of())) {
            try (RecordedLoad load = load(servers, ledger)) {
                Moment.answers(load.ledger(), 100);
                servers.postgres().close();
                Moment.pass(POSTGRESQL_AWAY);
                assertThat(ledger.timesUnavailable()).isPositive();
                servers.postgres().startAgain();
                Moment.answers(load.ledger(), 100);
            }
            servers.check(ledger);
        }
    }

    @Test
    void postgresqlFallsSilentWithItsConnectionsOpen() throws Exception {
        Ledger ledger = new Ledger();
        try (FaultyServers servers = start(folder.resolve("postgres"), Map.of())) {
            try (RecordedLoad load = load(servers, ledger)) {
                Moment.answers(load.ledger(), 100);
                try (FrozenProcesses frozen =
                        FrozenProcesses.of(servers.postgres().pid())) {
                    frozen.last(POSTGRESQL_AWAY);
                }
                Moment.answers(load.ledger(), 100);
            }
            servers.check(ledger);
        }
    }

    @Test
    void kafkaIsAway() throws Exception {
        Ledger ledger = new Ledger();
        KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"));
        try (FaultyServers servers = start(
                folder.resolve("postgres"), Map.of("GAMEMETRICS_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()))) {
            try (RecordedLoad load = load(servers, ledger)) {
                Moment.answers(load.ledger(), 100);
                kafka.kill();
                long end = System.nanoTime() + KAFKA_AWAY.toNanos();
                while (System.nanoTime() < end) {
                    Moment.answers(load.ledger(), 20);
                }
                assertThat(ledger.timesUnavailable()).as("ingestion goes on").isZero();
                kafka.startAgain();
                Moment.answers(load.ledger(), 100);
            }
            servers.check(ledger);
            try (EventStore store = servers.openStore()) {
                Published.check(store, kafka.bootstrapServers());
            }
        } finally {
            kafka.kill();
        }
    }

    @Test
    void theDiskIsFull() throws Exception {
        Ledger ledger = new Ledger();
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), DISK_MEBIBYTES)) {
            if (!disk.isMounted()) {
                System.out.println("OutageTest: a full disk is not tested: only root can mount a small one here");
            }
            assumeThat(disk.isMounted()).as("a small disk could be mounted").isTrue();
            try (FaultyServers servers = start(disk.folder().resolve("postgres"), Map.of())) {
                try (RecordedLoad load = load(servers, ledger)) {
                    Moment.answers(load.ledger(), 100);
                    disk.fill();
                    Moment.unavailable(load.ledger(), 10);
                    disk.free();
                    // Without room for its log PostgreSQL ends itself; whoever looks after it starts it again.
                    servers.postgres().startAgain();
                    Moment.answers(load.ledger(), 100);
                }
                servers.check(ledger);
            }
        }
    }

    private FaultyServers start(Path postgres, Map<String, String> environment) throws Exception {
        return new FaultyServers(postgres, folder.resolve("keys"), 1, environment);
    }

    private RecordedLoad load(FaultyServers servers, Ledger ledger) throws Exception {
        System.out.println("OutageTest: -Dgamemetrics.seed=" + seed);
        String key = servers.createGame("outage");
        return new RecordedLoad(servers.addresses(), "outage", key, SENDERS, seed, ledger);
    }
}
