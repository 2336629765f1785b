package io.gamemetrics.infrastructure.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code ./gamemetrics}. */
@Command(
        name = "gamemetrics",
        description = "Works with a GameMetrics platform: games, keys, events, queries.",
        mixinStandardHelpOptions = true,
        version = "GameMetrics Pro 0.1",
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  GAMEMETRICS_URL        where commands are sent (default: the platform started here)",
            "  GAMEMETRICS_QUERY_URL  where queries are sent",
            "  GAMEMETRICS_TOKEN      who is asking (default: the local platform's administrator)",
            "  GAMEMETRICS_DATA       the local platform's data folder (default: .gamemetrics)",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 refused, 4 not reachable, 5 partly done"
        },
        subcommands = {
            Games.class,
            Keys.class,
            Events.class,
            Query.class,
            Projections.class,
            Replay.class,
            Quarantine.class,
            Requests.class,
            Erase.class,
            Export.class,
            Certificate.class,
            Audit.class,
            KeyEpochs.class,
            Backup.class,
            Restore.class
        })
public final class Cli {

    private Cli() {}

    public static void main(String[] arguments) {
        Terminal terminal = new Terminal(System.in, utf8(System.out), utf8(System.err), isWatched());
        System.exit(run(arguments, System.getenv(), terminal));
    }

    /** @return the exit code */
    static int run(String[] arguments, Map<String, String> environment, Terminal terminal) {
        CommandLine line = new CommandLine(new Cli(), new Commands(environment, terminal))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, terminal));
        int code = line.execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    private static int explain(Exception failure, Terminal terminal) {
        if (failure instanceof CommandEndedException ended) {
            terminal.err().println(ended.getMessage());
            return ended.exit().code;
        }
        terminal.err().println("gamemetrics failed: " + failure);
        failure.printStackTrace(terminal.err());
        return Exit.FAILED.code;
    }

    private static boolean isWatched() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private static PrintWriter utf8(java.io.OutputStream out) {
        return new PrintWriter(out, true, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Gives commands their surroundings; a command without arguments shows its help. */
    private record Commands(Map<String, String> environment, Terminal terminal) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (Surroundings.class == type) {
                return type.cast(new Surroundings(environment, terminal));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
