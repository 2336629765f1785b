package io.gamemetrics.commandside.datasubject;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Looks through the audit of what was done for data subjects, over HTTP. */
@RestController
@RequestMapping("/v1/audit")
public final class AuditRestApi {

    private final AuditChain audit;

    public AuditRestApi(PostgresVault vault) {
        this.audit = vault.audit();
    }

    /**
     * What was found.
     *
     * @param head hash of the last entry, hexadecimal: the one a certificate of that number of entries has
     * @param brokenAt the first entry that does not follow from those before it; absent: all do
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Found(
            boolean intact,
            long entries,
            String head,
            @Nullable Long brokenAt) {}

    @GetMapping("/verify")
    Found verify(Caller caller) {
        caller.requireEverywhere(Role.PRIVACY);
        AuditChain.Verified found = audit.verify();
        return new Found(found.intact(), found.entries(), found.head(), found.brokenAt());
    }
}
