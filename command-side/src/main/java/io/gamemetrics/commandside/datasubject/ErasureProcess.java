package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestState.Completed;
import io.gamemetrics.commandside.datasubject.RequestState.Ended;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Exporting;
import io.gamemetrics.commandside.datasubject.RequestState.Open;
import io.gamemetrics.commandside.datasubject.RequestState.Refused;
import io.gamemetrics.commandside.rounds.Rounds;
import io.gamemetrics.commandside.search.StoreSearches;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
    private static final Duration REST = Duration.ofMillis(500);
    private static final int PAGE = 200;
    private static final long LEFT_ONES_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Runnable prepare;
    private final RequestSecrets secrets;
    private final RequestViews views;
    private final SubjectErasure erasure;
    private final RequestEnd end;
    private final StoreSearches searches;
    private final LeftErasures left;
    private final RequestStreams streams;
    private final EndedStreams ended;
    private long leftLookedForNanos = System.nanoTime() - LEFT_ONES_NANOS;
    private final Exports exports;
    private boolean isPrepared;
    private final Rounds rounds = new Rounds("erasures", REST, this::round);

    private ErasureProcess(
            Runnable prepare,
            RequestSecrets secrets,
            RequestViews views,
            SubjectErasure erasure,
            RequestEnd end,
            StoreSearches searches,
            LeftErasures left,
            RequestStreams streams,
            EndedStreams ended,
            Exports exports) {
        this.prepare = prepare;
        this.secrets = secrets;
        this.views = views;
        this.erasure = erasure;
        this.end = end;
        this.searches = searches;
        this.left = left;
        this.streams = streams;
        this.ended = ended;
        this.exports = exports;
    }

    /**
     * One over these stores.
     *
     * @param searches looks through what no projection keeps; begun and closed here
     * @param leases how long any process may use a key it has, without asking whether it still exists
     */
    public static ErasureProcess over(
            PersonStores stores,
            RequestCommands commands,
            RequestViews views,
            StoreSearches searches,
            Duration leases,
            Clock clock) {
        PostgresVault vault = stores.vault();
        EndedStreams ended = new EndedStreams(vault, views, stores.store());
        Exports exports = new Exports(stores, ended, commands, views, clock);
        Answered answered = new Answered(stores.versions(), searches.names());
        return new ErasureProcess(
                stores::prepare,
                vault.requestSecrets(),
                views,
                new SubjectErasure(stores, commands, views, answered, exports, clock),
                new RequestEnd(vault, ended, commands, stores.store(), stores.orders(), leases, clock),
                searches,
                new LeftErasures(vault, commands, views, clock),
                new RequestStreams(vault, views, stores.store(), stores.codec()),
                ended,
                exports);
    }

    /** Before anybody can ask for anything, what people decided about requests holds, whatever backup was put back. */
    public void start() {
        giveBack();
        rounds.start();
    }

    private void giveBack() {
        try {
            streams.giveBack();
            ended.giveBack();
        } catch (RuntimeException e) {
            LOG.warn(
                    "requests could not be looked for, and are again: {}",
                    e.getClass().getSimpleName());
        }
    }

    private void round() {
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
            erasure.finish();
        } while (page.size() == PAGE && !rounds.isClosing());
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
        Set<Integer> over = erasure.over(request, executing);
        if (over.size() == intake.subjects().size()) {
            end.complete(request, executing, intake);
            return;
        }
        for (int subject = 0; subject < intake.subjects().size() && !rounds.isClosing(); subject++) {
            if (!over.contains(subject)) {
                try {
                    erasure.take(request, subject, intake, executing);
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
        for (int subject = 0; subject < intake.subjects().size() && !rounds.isClosing(); subject++) {
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
        searches.close();
        rounds.close();
    }
}
