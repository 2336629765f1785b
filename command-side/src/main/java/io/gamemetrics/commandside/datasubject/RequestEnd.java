package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestCommand.CompleteRequest;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Refused;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Completes requests: the certificate is kept, then the request says so, then its key is destroyed and with it who it was
 * about. Whoever dies in between does the rest later; the first certificate is the one.
 */
final class RequestEnd {

    /** Who the audit names where nobody asked. */
    private static final String PLATFORM = "platform";

    /** So long after its secrets were kept a request must have its first event. */
    private static final Duration HALF_MADE = Duration.ofHours(1);

    private final PostgresVault vault;
    private final RequestCommands commands;
    private final EventStore store;
    private final ErasureOrders orders;
    private final Duration leases;
    private final Clock clock;

    /** @param leases how long any process may use a key it has */
    RequestEnd(
            PostgresVault vault,
            RequestCommands commands,
            EventStore store,
            ErasureOrders orders,
            Duration leases,
            Clock clock) {
        this.store = store;
        this.orders = orders;
        this.leases = leases;
        this.vault = vault;
        this.commands = commands;
        this.clock = clock;
    }

    /** Does nothing yet while another process may still have one of the destroyed keys on lease: it is called again. */
    void complete(UUID request, Executing done, Intake intake) {
        Instant destroyed = done.purged().values().stream()
                .map(SubjectPurged::at)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (clock.instant().isBefore(destroyed.plus(leases))) {
            return;
        }
        byte[] kept = vault.certificates().find(request).orElseGet(() -> certify(request, done, intake));
        commands.send(new CompleteRequest(request, ErasureCertificate.fingerprint(kept), clock.instant()));
        forget(request);
    }

    /** Takes away who a request was about that is over. */
    void forget(UUID request) {
        // Whoever died between the last search and its order's end left that.
        orders.forget(request);
        vault.requestSecrets().destroy(request);
    }

    /** Takes away who a refused request was about, when it need not be answered any more. */
    void forget(UUID request, Refused refused) {
        if (clock.instant().isAfter(refused.dueAt())) {
            forget(request);
        }
    }

    /** Takes away what was kept for a request that was never made: whoever made it died before its first event. */
    void forgetHalfMade(UUID request) {
        // One whose events can't be read is none of these.
        if (store.headSequences(List.of(request)).isEmpty()) {
            vault.requestSecrets().destroyOlderThan(request, HALF_MADE);
        }
    }

    private byte[] certify(UUID request, Executing done, Intake intake) {
        AuditChain.Head head = vault.audit().append("request.certify", request, null, PLATFORM);
        return vault.certificates()
                .keep(request, ErasureCertificate.issue(done, intake, head, clock.instant(), vault.signer()));
    }
}
