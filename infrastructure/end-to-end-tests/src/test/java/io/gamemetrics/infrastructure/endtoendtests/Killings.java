package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gamemetrics.infrastructure.embeddedservers.FreePorts;
import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A platform that is killed and started again, on the same data and ports, while a command goes on sending to it. */
final class Killings implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
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
        while (sending.process().isAlive() && answered() < events) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        platform.kill();
        platform = PlatformProcess.on(data, ports).untilReady();
    }

    /** What the command wrote down of its own progress. */
    private long answered() throws IOException {
        Path folder = data.resolveSibling("state").resolve("gamemetrics");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(each -> each.toString().endsWith(".json"))
                    .findFirst()
                    .orElse(null);
            return file == null
                    ? 0
                    : JSON.readTree(Files.readString(file)).path("events").asLong();
        }
    }

    @Override
    public void close() throws IOException {
        platform.close();
    }
}
