package io.gamemetrics.commandside.faults;

import io.gamemetrics.infrastructure.testkit.ServiceProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Command sides and PostgreSQL are killed with signal 9 at full rate, at moments by chance: every event answered 200 is
 * in the store exactly once, none that was refused is, and none of those in doubt is there twice.
 */
class KilledIngestTest {

    private static final int SENDERS = 8;

    @TempDir
    Path folder;

    /** What dies at one moment. */
    private enum Dies {
        COMMAND_SIDE,
        POSTGRESQL,
        BOTH
    }

    @Test
    void whatWasAnsweredIsStoredOnceAfterThreeKillsOfEachKind() throws Exception {
        kill(1, List.of(Dies.COMMAND_SIDE, Dies.POSTGRESQL, Dies.BOTH, Dies.BOTH));
    }

    /** Two command sides share the store: what both make of it has no double and no gap either. */
    @Test
    @Tag("faults")
    void whatWasAnsweredByTwoIsStoredOnceAfterTwentyKillsOfEachKind() throws Exception {
        List<Dies> all = new ArrayList<>();
        for (Dies each : Dies.values()) {
            all.addAll(Collections.nCopies(10, each));
        }
        kill(2, all);
    }

    private void kill(int commandSides, List<Dies> all) throws Exception {
        long seed = Long.getLong("gamemetrics.seed", System.nanoTime());
        System.out.println("KilledIngestTest: -Dgamemetrics.seed=" + seed);
        Random random = new Random(seed);
        List<Dies> deck = new ArrayList<>(all);
        Collections.shuffle(deck, random);
        Ledger ledger = new Ledger();
        try (FaultyServers servers =
                new FaultyServers(folder.resolve("postgres"), folder.resolve("keys"), commandSides, Map.of())) {
            String key = servers.createGame("killed");
            try (RecordedLoad load = new RecordedLoad(servers.addresses(), "killed", key, SENDERS, seed, ledger)) {
                for (Dies dies : deck) {
                    Moment.after(random, load.ledger());
                    kill(dies, servers, random);
                }
                Moment.after(random, load.ledger());
            }
            servers.check(ledger);
        }
    }

    private static void kill(Dies dies, FaultyServers servers, Random random) throws Exception {
        ServiceProcess commandSide =
                servers.commandSides().get(random.nextInt(servers.commandSides().size()));
        if (dies != Dies.POSTGRESQL) {
            commandSide.kill();
        }
        if (dies != Dies.COMMAND_SIDE) {
            servers.killPostgres();
            servers.postgres().startAgain();
        }
        if (dies != Dies.POSTGRESQL) {
            commandSide.startAgain();
            commandSide.untilHealthy();
        }
    }
}
