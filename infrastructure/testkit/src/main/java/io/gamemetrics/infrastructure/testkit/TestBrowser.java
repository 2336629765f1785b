package io.gamemetrics.infrastructure.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Chromium without a window, driven over its own DevTools protocol. Tests that need it have the tag {@value #TAG}
 * and fail where none is installed.
 */
public final class TestBrowser implements AutoCloseable {

    /** The tag of tests that need a browser; `make e2e` and the build server run them. */
    public static final String TAG = "browser";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final Path folder;
    private final Process process;
    private final String address;

    private TestBrowser(Path folder, Process process, String address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    /** Starts the browser; about a second. */
    public static TestBrowser start() {
        try {
            Path folder = Files.createTempDirectory("gamemetrics-browser");
            Process process = new ProcessBuilder(command(program(), folder))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new TestBrowser(folder, process, awaitAddress(process));
        } catch (IOException e) {
            throw new IllegalStateException("the browser did not start", e);
        }
    }

    private static List<String> command(Path program, Path folder) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--user-data-dir=" + folder,
                "--no-first-run",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--window-size=1280,800"));
        if (System.getProperty("user.name").equals("root")) {
            // Chromium's sandbox refuses to run as root, which containers often are.
            command.add("--no-sandbox");
        }
        command.add("about:blank");
        return command;
    }

    private static Path program() {
        String named = System.getenv("GAMEMETRICS_CHROMIUM");
        if (named != null) {
            return Path.of(named);
        }
        return Stream.of(System.getenv("PATH").split(System.getProperty("path.separator")))
                .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No Chromium in PATH: install one (Debian: apt-get install chromium), or name it in"
                                + " GAMEMETRICS_CHROMIUM."));
    }

    /** Chromium says on which port it listens. */
    private static String awaitAddress(Process process) throws IOException {
        String said = "DevTools listening on ";
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(said)) {
                // What else it says must not fill the pipe.
                Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
                return line.substring(said.length());
            }
            all.append(line).append('\n');
        }
        throw new IllegalStateException("the browser ended: " + all);
    }

    /** A new, empty page. */
    public TestPage page() {
        return TestPage.open(address);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            delete(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) {
        for (int tries = 0; tries < 20; tries++) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
                return;
            } catch (IOException | UncheckedIOException e) {
                // A process of the browser is still writing; the system empties its temporary folder in the end.
            }
        }
    }
}
