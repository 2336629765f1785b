package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.backups.BackupKind;
import io.gamemetrics.infrastructure.backups.Backups;
import io.gamemetrics.infrastructure.embeddedservers.CannotStartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What somebody typed after {@code ./gamemetrics}: one of these, or a sentence that says how it is typed. */
sealed interface BackupArguments {

    Path folder();

    record Create(BackupKind kind, Path folder, Duration life) implements BackupArguments {}

    record Verify(Path folder) implements BackupArguments {}

    record Restore(BackupKind kind, Path folder, boolean replace) implements BackupArguments {}

    String USAGE = """
            Usage:
              ./gamemetrics backup create events FOLDER
              ./gamemetrics backup create vault FOLDER [--keep-for DAYS]
              ./gamemetrics backup verify FOLDER
              ./gamemetrics restore events FOLDER [--replace]
              ./gamemetrics restore vault FOLDER [--replace]""";

    /** @throws CannotStartException with {@link #USAGE} when it is none of these */
    static BackupArguments of(String... typed) {
        List<String> words = new ArrayList<>(List.of(typed));
        boolean replace = words.remove("--replace");
        Duration life = life(words);
        boolean isOption = words.stream().anyMatch(word -> word.startsWith("-"));
        if (!isOption && words.size() == 3 && words.subList(0, 2).equals(List.of("backup", "verify")) && !replace) {
            return new Verify(Path.of(words.get(2)));
        }
        if (!isOption && words.size() == 4 && words.subList(0, 2).equals(List.of("backup", "create")) && !replace) {
            return new Create(kind(words.get(2)), Path.of(words.get(3)), life);
        }
        if (!isOption && words.size() == 3 && words.getFirst().equals("restore")) {
            return new Restore(kind(words.get(1)), Path.of(words.get(2)), replace);
        }
        throw new CannotStartException(USAGE);
    }

    private static Duration life(List<String> words) {
        int at = words.indexOf("--keep-for");
        if (at < 0) {
            return Backups.VAULT_LIFE;
        }
        try {
            Duration life = Duration.ofDays(Long.parseLong(words.get(at + 1)));
            words.subList(at, at + 2).clear();
            return life;
        } catch (NumberFormatException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new CannotStartException(USAGE);
        }
    }

    private static BackupKind kind(String word) {
        for (BackupKind kind : BackupKind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new CannotStartException(USAGE);
    }
}
