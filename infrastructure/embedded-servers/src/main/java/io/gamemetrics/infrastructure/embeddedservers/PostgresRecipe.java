package io.gamemetrics.infrastructure.embeddedservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL: files by initdb, all settings on the command line, so that they follow the code and not the files. */
record PostgresRecipe(ServerFolder folder, PostgresPrograms programs, int port, Map<String, String> settings)
        implements Recipe {

    static final String USER = "gamemetrics";

    /** The major version of the programs in the build; files of another one cannot be read by them. */
    private static final String MAJOR_VERSION = "18";

    private static final int PID_FILE_LINES_WHEN_READY = 8;
    private static final int PID_FILE_PORT_LINE = 3;

    @Override
    public String name() {
        return "PostgreSQL";
    }

    String password() {
        return Secrets.password(folder.file("password"));
    }

    /** Makes the files beside their final place and moves them there whole: an interrupted start leaves nothing half made. */
    void prepareFiles() {
        try {
            Path data = folder.data();
            if (Files.exists(data)) {
                refuseForeignFiles(data);
                return;
            }
            Path work = folder.file("data.new");
            if (Files.exists(work)) {
                ServerBinaries.deleteAll(work);
            }
            password();
            run(programs.command(
                    "initdb",
                    List.of(
                            "-D",
                            work.toString(),
                            "-U",
                            USER,
                            "--pwfile=" + folder.file("password"),
                            "--auth=scram-sha-256",
                            // Many rounds of hashing hide a password that can be guessed; this one is random.
                            "--set=scram_iterations=1",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            // The new files are on the disk either way; one call for all of them where there is one.
                            "--sync-method=" + (isLinux() ? "syncfs" : "fsync"))));
            Files.move(work, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make PostgreSQL's files in " + folder.root(), e);
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    private void refuseForeignFiles(Path data) throws IOException {
        Path version = data.resolve("PG_VERSION");
        if (!Files.exists(version) || !Files.exists(data.resolve("global/pg_control"))) {
            throw new CannotStartException(
                    "PostgreSQL's files in " + data
                            + " are damaged (they do not say their version): put back a backup of them, or move the folder away.");
        }
        String found = Files.readString(version).strip();
        if (!found.equals(MAJOR_VERSION)) {
            throw new CannotStartException("PostgreSQL's files in " + data + " are of version " + found
                    + ", this program brings " + MAJOR_VERSION + ": start them with the program that made them.");
        }
    }

    private void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw StartFailure.explain(this, false);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new CannotStartException("The start was interrupted: start again.", e);
        }
    }

    /** After a crash it goes through its log before it answers, which may be gigabytes; broken off, it begins there again. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(10);
    }

    @Override
    public List<String> command() {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "fsync", "on",
                "synchronous_commit", "on",
                "full_page_writes", "on",
                "max_connections", "200",
                "timezone", "UTC",
                "jit", "off",
                // Statements and the values in error details may be personal: they stay out of the log.
                "log_min_error_statement", "panic",
                "log_error_verbosity", "terse"));
        all.put("log_checkpoints", "off");
        all.put("log_timezone", "UTC");
        all.putAll(settings);
        List<String> arguments = new ArrayList<>(List.of("-D", folder.data().toString(), "-p", Integer.toString(port)));
        all.forEach((name, value) -> {
            arguments.add("-c");
            arguments.add(name + "=" + value);
        });
        return programs.command("postgres", arguments);
    }

    /** The server says so itself in the last line of its pid file, as pg_ctl reads it. */
    @Override
    public boolean isReady(long pid) {
        try {
            List<String> lines = Files.readAllLines(folder.data().resolve("postmaster.pid"));
            return lines.size() >= PID_FILE_LINES_WHEN_READY
                    && lines.getFirst().strip().equals(Long.toString(pid))
                    && lines.get(PID_FILE_LINES_WHEN_READY - 1).strip().equals("ready");
        } catch (IOException e) {
            return false; // not written yet
        }
    }

    /** The port of the server that runs on these files and is ready; empty when none does. */
    static Optional<Integer> runningPort(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            boolean isReady = lines.size() >= PID_FILE_LINES_WHEN_READY
                    && lines.get(PID_FILE_LINES_WHEN_READY - 1).strip().equals("ready")
                    && ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                            .map(ProcessHandle::isAlive)
                            .orElse(false);
            return isReady
                    ? Optional.of(Integer.parseInt(lines.get(PID_FILE_PORT_LINE).strip()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // not running, or not written yet
        }
    }

    /** "Fast": ends its clients' connections, then writes everything down. */
    @Override
    public String stopSignal() {
        return "INT";
    }
}
