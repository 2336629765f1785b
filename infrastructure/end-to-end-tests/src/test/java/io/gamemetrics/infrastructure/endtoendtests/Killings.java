package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.infrastructure.embeddedservers.FreePorts;
import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A platform that is killed and started again, on the same data and ports, while a command goes on sending to it. */
final class Killings implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Path data;
    private final Map<String, String> ports = Map.of(
            "GAMEMETRICS_COMMAND_PORT", Integer.toString(FreePorts.next()),
            "GAMEMETRICS_QUERY_PORT", Integer.toString(FreePorts.next()));
    private PlatformProcess platform;

    Killings(Path data) throws IOException {
        this.data = data;
        this.platform = PlatformProcess.on(data, ports).untilReady();
    }

    /** Kills it as soon as the command has got that many answers, and starts it again. */
    void killOnce(CommandLine.Running sending, long events) throws Exception {
        while (sending.process().isAlive() && SendingProgress.answered(data) < events) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        platform.kill();
        platform = PlatformProcess.on(data, ports).untilReady();
    }

    @Override
    public void close() throws IOException {
        platform.close();
    }
}
