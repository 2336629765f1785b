package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gamemetrics.infrastructure.cli.Cli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./gamemetrics} on the platform whose data lie in a folder, each command in a process of its own. */
record CommandLine(Path data) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PATIENCE_SECONDS = 240;

    /** What a command ended with. */
    record Ended(int exit, JsonNode answer, String problems) {}

    Ended run(String... arguments) throws IOException, InterruptedException {
        Running running = start(arguments);
        return running.untilEnded();
    }

    Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx400m",
                Cli.class.getName()));
        command.addAll(List.of(arguments));
        command.add("--json");
        Path out = Files.createTempFile("gamemetrics-", ".out");
        Path err = Files.createTempFile("gamemetrics-", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("GAMEMETRICS_DATA", data.toString());
        builder.environment().put("XDG_STATE_HOME", data.resolveSibling("state").toString());
        return new Running(builder.start(), out, err);
    }

    /** A command under way. */
    record Running(Process process, Path out, Path err) {
        Ended untilEnded() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the command did not end: " + Files.readString(err));
            }
            String answer = Files.readString(out, StandardCharsets.UTF_8);
            return new Ended(
                    process.exitValue(),
                    answer.isBlank() ? JSON.missingNode() : JSON.readTree(answer),
                    Files.readString(err));
        }
    }
}
