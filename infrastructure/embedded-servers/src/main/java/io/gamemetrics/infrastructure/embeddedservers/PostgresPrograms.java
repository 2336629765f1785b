package io.gamemetrics.infrastructure.embeddedservers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL's programs, and how the current user may run them: PostgreSQL refuses root, so root runs it in a user
 * namespace in which it is nobody in particular.
 */
record PostgresPrograms(Path folder, List<String> asOrdinaryUser) {

    static PostgresPrograms in(ServerBinaries binaries) {
        Path folder = binaries.postgres();
        if (!System.getProperty("user.name").equals("root")) {
            return new PostgresPrograms(folder, List.of());
        }
        Path unshare = OwnGroup.find("unshare");
        if (unshare == null || !succeeds(List.of(unshare.toString(), "-U", "true"))) {
            throw new CannotStartException(
                    "PostgreSQL does not run as root here: start the platform as an ordinary user,"
                            + " or give the address of a server of your own in GAMEMETRICS_POSTGRES_URL.");
        }
        return new PostgresPrograms(folder, List.of(unshare.toString(), "-U"));
    }

    List<String> command(String program, List<String> arguments) {
        List<String> line = new ArrayList<>(asOrdinaryUser);
        line.add(folder.resolve("bin").resolve(program).toString());
        line.addAll(arguments);
        return line;
    }

    static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (java.io.IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
