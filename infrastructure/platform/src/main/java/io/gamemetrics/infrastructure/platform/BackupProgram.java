package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.backups.BackupKind;
import io.gamemetrics.infrastructure.backups.BackupRefusedException;
import io.gamemetrics.infrastructure.backups.Backups;
import io.gamemetrics.infrastructure.backups.Manifest;
import io.gamemetrics.infrastructure.backups.Restores;
import io.gamemetrics.infrastructure.backups.Verification;
import io.gamemetrics.infrastructure.embeddedservers.CannotStartException;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.KeysRefusedException;
import io.gamemetrics.infrastructure.privacy.VaultUnavailableException;
import java.io.Console;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code ./gamemetrics backup …} and {@code ./gamemetrics restore events|vault}: copies the stores themselves and puts copies
 * back. Copies are made beside a platform that runs; they are put back while none does. Whoever can read the data folder, or
 * has the databases' passwords, and the key directory, may.
 */
public final class BackupProgram {

    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final PlatformSettings settings;
    private final String ledgerFolder;
    private final Progress progress;
    private final CopyLine line;
    private final Closing closing;

    private BackupProgram(Map<String, String> environment, Progress progress, CopyLine line, Closing closing) {
        this.settings = PlatformSettings.of(environment);
        this.ledgerFolder = environment.getOrDefault("GAMEMETRICS_LEDGER_DIR", "");
        this.progress = progress;
        this.line = line;
        this.closing = closing;
    }

    public static void main(String[] arguments) {
        int code;
        CopyLine line = new CopyLine(
                System.out,
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
        try (Closing closing = new Closing()) {
            BackupArguments typed = BackupArguments.of(arguments);
            code = new BackupProgram(System.getenv(), new Progress(System.out), line, closing).run(typed);
        } catch (BackupRefusedException | KeysRefusedException | VaultUnavailableException | CannotStartException e) {
            line.end();
            System.err.println(e.getMessage());
            code = FAILED;
        } catch (Exception | LinkageError e) {
            line.end();
            System.err.println(Explanation.of(e));
            code = FAILED;
        }
        System.exit(code);
    }

    private int run(BackupArguments typed) throws Exception {
        return switch (typed) {
            case BackupArguments.Create create -> create(create);
            case BackupArguments.Verify verify -> verify(verify.folder());
            case BackupArguments.Restore restore -> restore(restore);
        };
    }

    private int create(BackupArguments.Create create) throws Exception {
        Path folder = create.folder().toAbsolutePath().normalize();
        requireApart(folder, settings.data(), "the data folder");
        requireApart(folder, settings.keys(), "the key directory");
        requireApart(settings.keys(), folder, "the folder of backups");
        Map<String, String> stores = stores();
        Backups backups = new Backups(KeyDirectory.at(settings.keys()), Clock.systemUTC(), line);
        Backups.Made made =
                switch (create.kind()) {
                    case EVENTS ->
                        backups.events(Servers.database(stores, "postgres"), Servers.database(stores, "vault"), folder);
                    case VAULT -> backups.vault(Servers.database(stores, "vault"), folder, create.life(), actor());
                };
        line.end();
        progress.say("Made " + made.folder() + ": " + told(made.manifest()) + ".");
        if (create.kind() == BackupKind.VAULT) {
            progress.say(
                    "Keep it where neither the event store's backups nor the keys are. Copies you make of it have to be"
                            + " deleted by " + made.manifest().expiresAt() + " too.");
        }
        return DONE;
    }

    private static void requireApart(Path inner, Path outer, String what) {
        try {
            KeyDirectory.requireOutside(outer, inner);
        } catch (KeysRefusedException e) {
            throw new BackupRefusedException(inner + " lies in " + what + ", " + outer
                    + ": name a folder for backups in another place, on other storage.");
        }
    }

    /** Those of a platform that runs, of one's own servers, or of a PostgreSQL that is started for it. */
    private Map<String, String> stores() throws Exception {
        Path data = settings.data();
        Optional<Map<String, String>> running = new Servers(settings, data, progress, closing).runningStores();
        return running.isPresent() ? running.get() : started();
    }

    private Map<String, String> started() throws Exception {
        DataFolder data = DataFolder.open(settings.data(), settings.leastFreeMebibytes());
        closing.add(data);
        PlatformLog.into(data);
        return new Servers(settings, data.root(), progress, closing).start();
    }

    private int verify(Path folder) {
        List<Verification.Found> all = Verification.of(folder, Clock.systemUTC().instant(), line);
        line.end();
        int code = all.isEmpty() ? FAILED : DONE;
        if (all.isEmpty()) {
            progress.say("There is no backup in " + folder + ".");
        }
        for (Verification.Found found : all) {
            Manifest manifest = found.manifest();
            if (found.problem() != null) {
                progress.say(found.folder() + ": " + found.problem());
                code = FAILED;
            } else if (manifest != null) {
                progress.say(found.folder() + ": whole, " + told(manifest) + ".");
            }
        }
        return code;
    }

    private int restore(BackupArguments.Restore restore) throws Exception {
        Map<String, String> servers = started();
        KeyDirectory keys = KeyDirectory.at(settings.keys());
        Restores restores = new Restores(keys, keys.ledgerFolder(ledgerFolder), Clock.systemUTC(), line);
        return switch (restore.kind()) {
            case EVENTS -> restoreEvents(restore, restores, servers);
            case VAULT -> restoreVault(restore, restores, servers);
        };
    }

    private int restoreEvents(BackupArguments.Restore restore, Restores restores, Map<String, String> servers) {
        Restores.EventsPutBack putBack = restores.events(
                restore.folder(),
                Servers.database(servers, "postgres"),
                Servers.database(servers, "vault"),
                restore.replace(),
                actor());
        sayPutBack(putBack.manifest());
        tell(
                "Requests of data subjects that are not in the backup, and that the platform takes up again:",
                putBack.returning());
        tell("Requests of data subjects that are lost: make each again, by the day it was due:", putBack.lost());
        progress.say("Now run `gamemetrics restore reconcile`, then start the platform.");
        return DONE;
    }

    private int restoreVault(BackupArguments.Restore restore, Restores restores, Map<String, String> servers) {
        Restores.VaultPutBack putBack = restores.vault(
                restore.folder(),
                Servers.database(servers, "vault"),
                restore.replace(),
                actor(),
                () -> emptyReadModels(servers));
        Manifest manifest = putBack.manifest();
        sayPutBack(manifest);
        if (!putBack.strange().isEmpty()) {
            progress.say("Neither the backup nor the vault before it knows the keys of epochs " + putBack.strange()
                    + " in the key directory: they wrap nothing. Begun since the backup? `gamemetrics key-epochs begin`"
                    + " takes the last of them. Any other does not belong there.");
        }
        progress.say("Start the platform: the read models are filled from the event store. Players who were made after "
                + manifest.createdAt() + " are lost with their events, and requests of data subjects made since have to"
                + " be made again; erasures that had begun go on by themselves.");
        return DONE;
    }

    private void sayPutBack(Manifest manifest) {
        line.end();
        progress.say("Put back: " + told(manifest) + "; every erasure in the ledger is done in the vault.");
    }

    private void tell(String what, List<UUID> requests) {
        if (!requests.isEmpty()) {
            progress.say(what);
            requests.forEach(request -> progress.say("  " + request));
        }
    }

    /** Numbers of players who were lost are given out again: before, so that no vault that was put back meets the old ones. */
    private void emptyReadModels(Map<String, String> servers) throws Exception {
        line.end();
        progress.step("Read models emptied", () -> ReadModels.empty(servers));
    }

    private static String told(Manifest manifest) {
        return manifest.of().word() + " of " + manifest.createdAt() + ", " + manifest.rows() + " rows, "
                + manifest.bytes()
                + " bytes"
                + (manifest.position() == null ? "" : ", up to position " + manifest.position())
                + (manifest.epochs() == null ? "" : ", readable with the keys of epochs " + manifest.epochs())
                + (manifest.expiresAt() == null ? "" : ", over at " + manifest.expiresAt());
    }

    /** Whoever runs this program on this machine; kept as a keyed hash. */
    private static String actor() {
        return "os:" + System.getProperty("user.name", "unknown");
    }
}
