package io.gamemetrics.infrastructure.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "restore", description = "After a backup was put back.", mixinStandardHelpOptions = true)
final class Restore {

    /**
     * The script {@code ./gamemetrics} starts {@code Reconciliation} of the platform for this, beside the stores. Here it
     * is listed, and explained to who calls the program in another way.
     */
    @Command(
            name = "reconcile",
            description = "Gives an event store that was restored to older data a new life, so that the platform starts"
                    + " again. Stop the platform before.",
            mixinStandardHelpOptions = true)
    int reconcile(@Mixin Surroundings surroundings) {
        surroundings
                .terminal()
                .err()
                .println(
                        "restore reconcile works on the stores themselves: run ./gamemetrics restore reconcile, without"
                                + " further options, where the platform is started.");
        return Exit.USAGE.code;
    }
}
