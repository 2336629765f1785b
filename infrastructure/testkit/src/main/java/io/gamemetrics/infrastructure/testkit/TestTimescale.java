package io.gamemetrics.infrastructure.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * A real TimescaleDB without a container: PostgreSQL 17 with the extension, compiled to WebAssembly and run by Node. Each
 * instance is a process with one empty database, ended by {@link #close} or with this JVM.
 *
 * <p>Its connections take turns on one backend: a thread that holds a transaction and waits for a second connection waits
 * for ever.
 */
public final class TestTimescale implements AutoCloseable {

    private final Process process;
    private final int port;

    private TestTimescale(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one; the first time in a build folder it fetches the package with npm. Takes 3 to 4 seconds. */
    public static TestTimescale start() {
        try {
            Path folder = install();
            Process process = new ProcessBuilder("node", "serve.mjs", "0")
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.to(
                            folder.resolve("server.log").toFile()))
                    .start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("READY ")) {
                    return new TestTimescale(process, Integer.parseInt(line.split(" ", 3)[1]));
                }
            }
            throw new IllegalStateException("TimescaleDB did not start: see " + folder.resolve("server.log"));
        } catch (IOException e) {
            throw new UncheckedIOException("TimescaleDB did not start", e);
        }
    }

    /** The JDBC URL of its one database, user included. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&sslmode=disable&gssEncMode=disable";
    }

    private static synchronized Path install() throws IOException {
        Path folder =
                Files.createDirectories(Path.of("target", "timescale-wasm").toAbsolutePath());
        for (String file : new String[] {"package.json", "package-lock.json", "serve.mjs"}) {
            try (InputStream in =
                    Objects.requireNonNull(TestTimescale.class.getResourceAsStream("/timescale-wasm/" + file), file)) {
                Files.copy(in, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!Files.exists(folder.resolve("node_modules/.package-lock.json"))) {
            Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("npm.log").toFile())
                    .start();
            try {
                if (npm.waitFor() != 0) {
                    throw new IllegalStateException("npm ci failed: see " + folder.resolve("npm.log"));
                }
            } catch (InterruptedException e) {
                npm.destroy();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while npm ran", e);
            }
        }
        return folder;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
