package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestCommand.RecordKeptEnded;
import io.gamemetrics.commandside.rounds.Rounds;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.KeptRecords;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what is kept of erased players when its day is over: the audit says so, then its key is destroyed. Only when that is
 * done to all of them the requests say so: an event store that does not answer holds up no end. Whoever dies in between does
 * the rest later. Every replica runs one; two that do the same do no harm.
 */
public final class KeptProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptProcess.class);
    private static final Duration REST = Duration.ofMinutes(1);
    private static final String PLATFORM = "platform";
    private static final int PAGE = 200;

    private final int pageSize;

    private final KeptRecords records;
    private final AuditChain audit;
    private final RequestCommands commands;
    private final Clock clock;
    private final Rounds rounds = new Rounds("kept", REST, this::endWhatIsOver);

    public KeptProcess(PostgresVault vault, RequestCommands commands, Clock clock) {
        this(vault, commands, clock, PAGE);
    }

    /** @param pageSize so many are looked at together */
    KeptProcess(PostgresVault vault, RequestCommands commands, Clock clock, int pageSize) {
        this.pageSize = pageSize;
        this.records = vault.keptRecords();
        this.audit = vault.audit();
        this.commands = commands;
        this.clock = clock;
    }

    public void start() {
        rounds.start();
    }

    /** Ends all whose day is over, then has their requests say so. */
    void endWhatIsOver() {
        Instant now = clock.instant();
        each(last -> records.over(now, last, pageSize), "what is kept could not be ended, and is again", this::end);
        each(last -> records.ended(now, last, pageSize), "an end could not be told, and is again", kept -> {
            tell(kept, now);
            records.forget(kept);
        });
    }

    /** One that fails stops no other, and is taken up again at the next round. */
    private void each(Function<@Nullable Kept, List<Kept>> read, String failed, Consumer<Kept> step) {
        List<Kept> page = read.apply(null);
        while (!page.isEmpty() && !rounds.isClosing()) {
            for (Kept kept : page) {
                try {
                    step.accept(kept);
                } catch (RuntimeException e) {
                    LOG.warn(
                            "{}: request={} {}",
                            failed,
                            kept.request(),
                            e.getClass().getSimpleName());
                }
            }
            page = read.apply(page.getLast());
        }
    }

    private void end(Kept kept) {
        audit.append("request.kept-end", kept.request(), kept.subject(), PLATFORM);
        records.end(kept);
    }

    private void tell(Kept kept, Instant now) {
        try {
            commands.send(new RecordKeptEnded(kept.request(), kept.subject(), KeptKind.valueOf(kept.kind()), now));
        } catch (Refusal e) {
            // An event store that was put back to before may not know of it.
            LOG.warn(
                    "what was kept is destroyed, and its request knows nothing of it: request={} {}",
                    kept.request(),
                    e.type().code());
        }
    }

    @Override
    public void close() {
        rounds.close();
    }
}
