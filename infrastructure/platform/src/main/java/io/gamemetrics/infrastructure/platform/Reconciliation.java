package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.embeddedservers.CannotStartException;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.eventstream.RestoredStore;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores.Step;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores.Unfinished;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ./gamemetrics restore reconcile [--new-life]}: gives an event store that was restored to older data a new life, after which
 * the platform starts again. Works on the stores themselves, while no service runs; may be repeated after a failure.
 */
public final class Reconciliation {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final String NEW_LIFE = "--new-life";

    private Reconciliation() {}

    public static void main(String[] arguments) {
        int code;
        try (Closing closing = new Closing()) {
            boolean newLife = List.of(arguments).equals(List.of(NEW_LIFE));
            if (arguments.length > 0 && !newLife) {
                throw new CannotStartException("Usage: ./gamemetrics restore reconcile [" + NEW_LIFE + "]");
            }
            code = reconcile(PlatformSettings.of(System.getenv()), newLife, new Progress(System.out), closing);
        } catch (Exception | LinkageError e) {
            System.err.println(Explanation.of(e));
            code = FAILED;
        }
        // Clients of Kafka may leave threads behind that would keep the process.
        System.exit(code);
    }

    /** @param newLife whether it begins one whatever is found */
    private static int reconcile(PlatformSettings settings, boolean newLife, Progress progress, Closing closing)
            throws Exception {
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
        putBack.ifPresent(backup -> progress.say("The event store was put back from " + backup.backup() + "."));
        tell(finding, progress);
        // Whatever Kafka says of one that was put back: it may have lost as much.
        if (!newLife && putBack.isEmpty()) {
            if (finding.isIntact()) {
                progress.say("The event store has all that was published, up to position " + finding.head()
                        + ": nothing to reconcile.");
                return DONE;
            }
            if (!finding.isCompared()) {
                progress.say("Was the event store restored to older data? Then run `gamemetrics restore reconcile "
                        + NEW_LIFE + "`. Else start the platform: it publishes everything again.");
                return FAILED;
            }
        }
        // First what is only derived, so that a failure in between is found, and mended, by the next try.
        progress.step("Read models emptied", () -> ReadModels.empty(servers));
        progress.step("New life begun", restored::beginNewLife);
        unfinished.end(Step.RECONCILIATION);
        progress.say("Done. Start the platform: the read models are filled from the event store. Then let the senders"
                + " send again what they sent since the backup, with the same ids.");
        return DONE;
    }

    /** What was found, and what could not be looked at. */
    private static void tell(RestoredStore.Finding finding, Progress progress) {
        if (!finding.isCompared()) {
            progress.say(
                    "Kafka has nothing that was published of the event store: whether events were lost could not be"
                            + " looked at.");
            return;
        }
        if (finding.from() > 0) {
            progress.say("Kafka's log begins behind position number " + finding.from()
                    + ": what was published before that could not be looked at.");
        }
        if (!finding.isIntact()) {
            progress.say("Store and stream are the same up to position number " + finding.common() + "; "
                    + finding.lost() + " later positions were published and are no longer in the store.");
        }
    }

    private static String address(Map<String, String> servers, String name) {
        return servers.getOrDefault("gamemetrics." + name, "");
    }
}
