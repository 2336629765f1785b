package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestState.Completed;
import io.gamemetrics.commandside.datasubject.RequestState.Ended;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Exporting;
import io.gamemetrics.commandside.datasubject.RequestState.Open;
import io.gamemetrics.commandside.datasubject.RequestState.Refused;
import io.gamemetrics.commandside.ingestion.PlayerCommands;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.commandside.search.StoreSearches;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.replays.Quarantines;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Versions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what was ordered: takes every request that is being executed on, again and again until it is done. Which those are
 * it asks the vault, where a request's key exists until it is over, and the request's own events; so a process that starts
 * anew forgets none. Every replica runs one; two that do the same do no harm.
 */
public final class ErasureProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureProcess.class);
    private static final long STEP_MILLIS = 500;
    private static final int PAGE = 200;
    private static final long END_MILLIS = 10_000;
    private static final long LEFT_ONES_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Runnable prepare;
    private final RequestSecrets secrets;
    private final RequestViews views;
    private final SubjectErasure erasure;
    private final RequestEnd end;
    private final StoreSearches searches;
    private final LeftErasures left;
    private final RequestStreams streams;
    private long leftLookedForNanos = System.nanoTime() - LEFT_ONES_NANOS;
    private final Exports exports;
    private boolean isPrepared;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private ErasureProcess(
            Runnable prepare,
            RequestSecrets secrets,
            RequestViews views,
            SubjectErasure erasure,
            RequestEnd end,
            StoreSearches searches,
            LeftErasures left,
            RequestStreams streams,
            Exports exports) {
        this.prepare = prepare;
        this.secrets = secrets;
        this.views = views;
        this.erasure = erasure;
        this.end = end;
        this.searches = searches;
        this.left = left;
        this.streams = streams;
        this.exports = exports;
        this.thread = Thread.ofPlatform().name("erasures").daemon(true).unstarted(this::run);
    }

    /**
     * One that asks the read models by this database; it need not answer yet.
     *
     * @param readModels where orders and answers lie, and what is known of versions
     * @param searches looks through what no projection keeps; begun and closed here
     * @param leases how long any process may use a key it has, without asking whether it still exists
     */
    public static ErasureProcess over(
            DataSource readModels,
            RequestCommands commands,
            RequestViews views,
            PlayerCommands players,
            RejectedLog rejectedLog,
            PostgresVault vault,
            EventStore store,
            EventCodec codec,
            StoreSearches searches,
            Duration leases,
            Clock clock) {
        Persons persons = new Persons(vault, store, codec, players);
        ErasureOrders orders = new ErasureOrders(readModels);
        Versions versions = new Versions(readModels);
        Exports exports = new Exports(commands, views, persons, orders, versions, vault, store, clock);
        return new ErasureProcess(
                () -> {
                    ReplaysSchema.migrate(readModels);
                    ErasuresSchema.migrate(readModels);
                },
                vault.requestSecrets(),
                views,
                new SubjectErasure(
                        commands,
                        views,
                        persons,
                        new PersonsEnd(vault, store, codec),
                        new Keeping(vault, store, codec, commands, clock),
                        new RefusedOfPersons(rejectedLog),
                        orders,
                        versions,
                        new Answered(versions, searches.names()),
                        new Quarantines(readModels),
                        vault,
                        store,
                        exports,
                        clock),
                new RequestEnd(vault, commands, store, new ErasureOrders(readModels), leases, clock),
                searches,
                new LeftErasures(vault, commands, views, clock),
                new RequestStreams(vault, views, store, codec),
                exports);
    }

    /** Before anybody can ask for anything, what people decided about requests holds, whatever backup was put back. */
    public void start() {
        giveBack();
        thread.start();
    }

    private void giveBack() {
        try {
            streams.giveBack();
        } catch (RuntimeException e) {
            LOG.warn(
                    "requests could not be looked for, and are again: {}",
                    e.getClass().getSimpleName());
        }
    }

    private void run() {
        try {
            while (!closing.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            if (!isPrepared) {
                giveBack(); // the read models may not be there for long
                prepare.run();
                searches.start();
                isPrepared = true;
            }
            if (System.nanoTime() - leftLookedForNanos >= LEFT_ONES_NANOS) {
                leftLookedForNanos = System.nanoTime();
                takeUpLeftOnes();
            }
            UUID last = null;
            List<UUID> page;
            do {
                page = secrets.requests(true, last, PAGE);
                Map<UUID, RequestState> found = views.find(page);
                for (UUID request : page) {
                    goOn(request, found.get(request));
                    last = request;
                }
            } while (page.size() == PAGE && closing.getCount() > 0);
        } catch (RuntimeException e) {
            LOG.warn(
                    "erasures could not be looked for, and are again: {}",
                    e.getClass().getSimpleName());
        }
    }

    private void takeUpLeftOnes() {
        try {
            left.takeUp();
        } catch (RuntimeException e) {
            LOG.warn(
                    "erasures that no request knows of could not be taken up, and are again: {}",
                    e.getClass().getSimpleName());
        }
    }

    private void goOn(UUID request, @Nullable RequestState state) {
        try {
            if (streams.giveBack(request, state)) {
                return; // the next round sees it as it is now
            }
            switch (state) {
                case Executing executing -> take(request, executing);
                // Whoever completed it died before its key was destroyed.
                case Completed _ -> end.forget(request);
                case Refused refused -> end.forget(request, refused);
                case Exporting exporting -> export(request, exporting);
                case Ended ended -> exports.forget(request, ended.done());
                case Open _ -> {}
                case null -> end.forgetHalfMade(request);
            }
        } catch (RuntimeException e) {
            // The others go on; this one is taken up again at the next round.
            warn(request, e);
        }
    }

    private void take(UUID request, Executing executing) {
        Intake intake = secrets.find(request, Intake.NAME).map(Intake::ofBytes).orElseThrow();
        if (executing.isScanned()) {
            end.complete(request, executing, intake);
            return;
        }
        for (int subject = 0; subject < intake.subjects().size() && closing.getCount() > 0; subject++) {
            if (!executing.scanned().containsKey(subject)) {
                try {
                    erasure.take(request, subject, intake, executing.purged().containsKey(subject));
                } catch (RuntimeException e) {
                    // The request's other subjects go on.
                    warn(request, e);
                }
            }
        }
    }

    private void export(UUID request, Exporting exporting) {
        if (exporting.isReady()) {
            exports.watch(request, exporting);
            return;
        }
        Intake intake = secrets.find(request, Intake.NAME).map(Intake::ofBytes).orElseThrow();
        for (int subject = 0; subject < intake.subjects().size() && closing.getCount() > 0; subject++) {
            if (!exporting.exported().containsKey(subject)) {
                try {
                    exports.take(request, subject, intake.subjects().get(subject));
                } catch (RuntimeException e) {
                    // The request's other subjects go on.
                    warn(request, e);
                }
            }
        }
    }

    private static void warn(UUID request, RuntimeException e) {
        LOG.warn(
                "a request could not be taken on, and is again: request={} {}",
                request,
                e.getClass().getSimpleName());
    }

    /** Ends after the subject it is at. */
    @Override
    public void close() {
        closing.countDown();
        searches.close();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
