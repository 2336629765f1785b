package io.gamemetrics.infrastructure.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What came of typing a command. */
record Typed(int exit, String out, String err) {

    static Typed command(Map<String, String> environment, String... arguments) {
        return withInput("", environment, arguments);
    }

    static Typed withInput(String input, Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                false);
        return new Typed(Cli.run(arguments, environment, terminal), out.toString(), err.toString());
    }

    static Map<String, String> environment(FakePlatform platform, java.nio.file.Path folder) {
        return new HashMap<>(Map.of(
                "GAMEMETRICS_URL", platform.address(),
                "GAMEMETRICS_QUERY_URL", platform.address(),
                "GAMEMETRICS_TOKEN", "an-administrator",
                "XDG_STATE_HOME", folder.toString()));
    }
}
