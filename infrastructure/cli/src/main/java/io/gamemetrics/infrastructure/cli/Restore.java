package io.gamemetrics.infrastructure.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Puts a backup back. Stop the platform before.",
        mixinStandardHelpOptions = true)
final class Restore {

    @Command(
            name = "events",
            description = "Puts an event store back, to be read with the vault as it is now.",
            mixinStandardHelpOptions = true)
    int events(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "FOLDER", description = "The backup.") String folder,
            @Option(names = "--replace", description = "Give up what the database holds.") boolean replace) {
        return Beside.explain(surroundings, "restore events");
    }

    @Command(
            name = "vault",
            description = "Puts a vault back and has it hear of every erasure since.",
            mixinStandardHelpOptions = true)
    int vault(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "FOLDER", description = "The backup.") String folder,
            @Option(names = "--replace", description = "Give up what the database holds.") boolean replace) {
        return Beside.explain(surroundings, "restore vault");
    }

    @Command(
            name = "reconcile",
            description = "Gives an event store that was restored to older data a new life, so that the platform starts"
                    + " again.",
            mixinStandardHelpOptions = true)
    int reconcile(
            @Mixin Surroundings surroundings,
            @Option(
                            names = "--new-life",
                            description = "Begin one whatever is found: where Kafka is lost too, nothing can be found.")
                    boolean newLife) {
        return Beside.explain(surroundings, "restore reconcile");
    }
}
