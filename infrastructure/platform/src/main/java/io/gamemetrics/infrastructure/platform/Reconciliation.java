package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.eventstream.RestoredStore;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores.Step;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores.Unfinished;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ./gamemetrics restore reconcile}: gives an event store that was restored to older data a new life, after which
 * the platform starts again. Works on the stores themselves, while no service runs; may be repeated after a failure.
 */
public final class Reconciliation {

    private Reconciliation() {}

    public static void main(String[] arguments) {
        int code = 0;
        try (Closing closing = new Closing()) {
            reconcile(PlatformSettings.of(System.getenv()), new Progress(System.out), closing);
        } catch (Exception | LinkageError e) {
            System.err.println(Explanation.of(e));
            code = 1;
        }
        // Clients of Kafka may leave threads behind that would keep the process.
        System.exit(code);
    }

    private static void reconcile(PlatformSettings settings, Progress progress, Closing closing) throws Exception {
        DataFolder data = DataFolder.open(settings.data(), settings.leastFreeMebibytes());
        closing.add(data);
        PlatformLog.into(data);
        progress.say("Comparing the event store with what was published of it …");
        Map<String, String> servers = new Servers(settings, data, progress, closing).start();
        UnfinishedRestores unfinished = new UnfinishedRestores(Servers.database(servers, "vault"));
        Optional<Unfinished> putBack = unfinished.find(Step.RECONCILIATION);
        if (unfinished.find(Step.VAULT).isPresent()
                || unfinished.find(Step.EVENTS).isPresent()) {
            unfinished.requireNone();
        }
        PostgresEventStore store = PostgresEventStore.open(EventStoreSettings.of(
                address(servers, "postgres.url"),
                address(servers, "postgres.user"),
                address(servers, "postgres.password")));
        closing.add(store);
        RestoredStore restored =
                new RestoredStore(StreamSettings.of(address(servers, "kafka.bootstrap-servers")), store);
        RestoredStore.Finding finding = restored.examine();
        if (finding.isIntact() && putBack.isEmpty()) {
            progress.say("The event store has all that was published, up to position " + finding.head()
                    + ": nothing to reconcile.");
            return;
        }
        // Whatever Kafka says of one that was put back: it may have lost as much.
        putBack.ifPresent(backup -> progress.say("The event store was put back from " + backup.backup() + "."));
        progress.say("Store and stream are the same up to position number " + finding.common() + "; " + finding.lost()
                + " later positions were published and are no longer in the store.");
        // First what is only derived, so that a failure in between is found, and mended, by the next try.
        progress.step("Read models emptied", () -> ReadModels.empty(servers));
        progress.step("New life begun", restored::beginNewLife);
        unfinished.end(Step.RECONCILIATION);
        progress.say("Done. Start the platform: the read models are filled from the event store. Then let the senders"
                + " send again what they sent since the backup, with the same ids.");
    }

    private static String address(Map<String, String> servers, String name) {
        return servers.getOrDefault("gamemetrics." + name, "");
    }
}
