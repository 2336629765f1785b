package io.gamemetrics.infrastructure.embeddedservers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a program in a session and process group of its own, so that a terminal's Ctrl-C reaches the platform alone,
 * which then stops its servers in the right order.
 */
public final class OwnGroup {

    private static final List<String> SEARCHED = List.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin");

    private OwnGroup() {}

    /**
     * The command line that first writes its own process id into {@code pidFile} and then becomes {@code command}: there
     * is no moment in which the program runs and its id is not on disk.
     */
    static List<String> command(Path pidFile, List<String> command) {
        List<String> line =
                new ArrayList<>(List.of("/bin/sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", pidFile.toString()));
        line.addAll(inOwnSession());
        line.addAll(command);
        return line;
    }

    /** What to put before a command line to have it run so; it keeps its process id. Empty where the system has no means. */
    public static List<String> inOwnSession() {
        Path setsid = find("setsid");
        if (setsid != null) {
            return List.of(setsid.toString());
        }
        Path perl = find("perl"); // macOS has no setsid(1)
        return perl == null ? List.of() : List.of(perl.toString(), "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV");
    }

    static @org.jspecify.annotations.Nullable Path find(String program) {
        return SEARCHED.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
