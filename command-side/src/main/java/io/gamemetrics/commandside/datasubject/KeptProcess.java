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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what is kept of erased players when its day is over: the audit says so, then its key is destroyed, then the request
 * says so. Whoever dies in between does the rest later. Every replica runs one; two that do the same do no harm.
 */
public final class KeptProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptProcess.class);
    private static final Duration REST = Duration.ofMinutes(1);
    private static final String PLATFORM = "platform";
    private static final int PAGE = 200;

    private final KeptRecords records;
    private final AuditChain audit;
    private final RequestCommands commands;
    private final Clock clock;
    private final Rounds rounds = new Rounds("kept", REST, this::endWhatIsOver);

    public KeptProcess(PostgresVault vault, RequestCommands commands, Clock clock) {
        this.records = vault.keptRecords();
        this.audit = vault.audit();
        this.commands = commands;
        this.clock = clock;
    }

    public void start() {
        rounds.start();
    }

    /** Ends all whose day is over. */
    void endWhatIsOver() {
        Instant now = clock.instant();
        List<Kept> page;
        int ended;
        do {
            page = records.over(now, PAGE);
            ended = 0;
            for (Kept kept : page) {
                ended += end(kept, now) ? 1 : 0;
            }
            // Those that could not be ended stand first and are tried again at the next round.
        } while (page.size() == PAGE && ended > 0 && !rounds.isClosing());
    }

    private boolean end(Kept kept, Instant now) {
        try {
            if (!kept.isEnded()) {
                audit.append("request.kept-end", kept.request(), kept.subject(), PLATFORM);
                records.end(kept);
            }
            tell(kept, now);
            records.forget(kept);
            return true;
        } catch (RuntimeException e) {
            // The others are ended; this one is taken up again at the next round.
            LOG.warn(
                    "what is kept could not be ended, and is again: request={} {}",
                    kept.request(),
                    e.getClass().getSimpleName());
            return false;
        }
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
