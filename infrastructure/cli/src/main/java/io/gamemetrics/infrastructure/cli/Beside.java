package io.gamemetrics.infrastructure.cli;

/**
 * Commands that work on the stores themselves: the script {@code ./gamemetrics} starts them from the platform's program. Here
 * they are listed, and explained to who calls this program in another way.
 */
final class Beside {

    private Beside() {}

    static int explain(Surroundings surroundings, String command) {
        surroundings
                .terminal()
                .err()
                .println(command + " works on the stores themselves: run ./gamemetrics " + command
                        + " where the platform is started, its options last.");
        return Exit.USAGE.code;
    }
}
