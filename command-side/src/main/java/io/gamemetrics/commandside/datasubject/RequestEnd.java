package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestCommand.CompleteRequest;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Refused;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes requests: the certificate is kept, then the request says so, then its key is destroyed and with it who it was
 * about. Whoever dies in between does the rest later; the first certificate is the one.
 */
final class RequestEnd {

    private static final Logger LOG = LoggerFactory.getLogger(RequestEnd.class);

    /** Who the audit names where nobody asked. */
    private static final String PLATFORM = "platform";

    /** So long after its secrets were kept a request must have its first event. */
    private static final Duration HALF_MADE = Duration.ofHours(1);

    /** Three months, the longest that a request may take. */
    private static final Duration LOST = Duration.ofDays(92);

    private final PostgresVault vault;
    private final EndedStreams ended;
    private final RequestCommands commands;
    private final EventStore store;
    private final ErasureOrders orders;
    private final Duration leases;
    private final Clock clock;

    /** Lost ones this process has told of. */
    private final Set<UUID> told = new HashSet<>();

    /** @param leases how long any process may use a key it has */
    RequestEnd(
            PostgresVault vault,
            EndedStreams ended,
            RequestCommands commands,
            EventStore store,
            ErasureOrders orders,
            Duration leases,
            Clock clock) {
        this.store = store;
        this.orders = orders;
        this.leases = leases;
        this.vault = vault;
        this.ended = ended;
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
        ended.keep(request);
        vault.requestSecrets().destroy(request);
    }

    /** Takes away who a refused request was about, when it need not be answered any more. */
    void forget(UUID request, Refused refused) {
        if (clock.instant().isAfter(refused.dueAt())) {
            forget(request);
        }
    }

    /**
     * Takes away what was kept for a request that was never made: whoever made it died before its first event. One that a
     * backup of the event store lacked, and that can't be given back to it, stays as long as any request may take.
     */
    void forgetHalfMade(UUID request) {
        // One whose events can't be read is none of these.
        if (store.headSequences(List.of(request)).isEmpty()) {
            RequestSecrets secrets = vault.requestSecrets();
            boolean isLost = secrets.find(request, RequestSecrets.LOST).isPresent();
            if (isLost && told.add(request)) {
                LOG.error("a request was lost when the event store was put back: make it again: request={}", request);
            }
            secrets.destroyOlderThan(request, isLost ? LOST : HALF_MADE);
        }
    }

    private byte[] certify(UUID request, Executing done, Intake intake) {
        AuditChain.Head head = vault.audit().append("request.certify", request, null, PLATFORM);
        return vault.certificates()
                .keep(
                        request,
                        ErasureCertificate.issue(
                                done,
                                intake,
                                KeptResidue.of(vault, request, intake),
                                LostInVault.of(vault, done),
                                head,
                                clock.instant(),
                                vault.signer()));
    }
}
