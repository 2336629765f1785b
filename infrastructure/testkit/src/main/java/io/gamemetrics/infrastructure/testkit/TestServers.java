package io.gamemetrics.infrastructure.testkit;

import io.gamemetrics.infrastructure.embeddedservers.EmbeddedServer;
import io.gamemetrics.infrastructure.embeddedservers.ServerBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Servers that live as long as the tests' JVM, on files that are gone with it. */
final class TestServers {

    /** Shared by all test runs of this machine: unpacking takes a second. */
    static final ServerBinaries BINARIES =
            new ServerBinaries(Path.of(System.getProperty("java.io.tmpdir"), "gamemetrics-test-binaries"));

    private TestServers() {}

    static <S extends EmbeddedServer> S start(Function<Path, S> starting) {
        Path folder;
        try {
            folder = Files.createTempDirectory("gamemetrics-test-");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for a test's server", e);
        }
        S server = starting.apply(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.kill();
            delete(folder);
        }));
        return server;
    }

    /** By a process of its own, which nobody waits for: a server of many databases takes seconds to delete. */
    private static void delete(Path folder) {
        try {
            new ProcessBuilder("rm", "-rf", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // The system clears its temporary folder; a test that has ended has nobody to tell.
        }
    }
}
