package io.gamemetrics.infrastructure.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = "Copies of the event store and of the vault, made while they are used.",
        mixinStandardHelpOptions = true)
final class Backup {

    @Command(
            name = "create",
            description = "Copies the event store, or the vault apart from all else. Never the keys.",
            mixinStandardHelpOptions = true)
    int create(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "STORE", description = "events or vault.") String store,
            @Parameters(paramLabel = "FOLDER", description = "Where the backup gets a folder of its own.")
                    String folder,
            @Option(
                            names = "--keep-for",
                            paramLabel = "DAYS",
                            description = "How long one of the vault lives (default: 7).")
                    @Nullable
                    Integer days) {
        return Beside.explain(surroundings, "backup create");
    }

    @Command(
            name = "verify",
            description = "Looks whether every byte of a backup is what was written, and whether it is over.",
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "FOLDER", description = "A backup, or a folder of backups.") String folder) {
        return Beside.explain(surroundings, "backup verify");
    }
}
