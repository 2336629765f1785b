package io.gamemetrics.commandside.keyepoch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.KeyEpochs;
import io.gamemetrics.infrastructure.privacy.KeyEpochs.Epoch;
import io.gamemetrics.infrastructure.privacy.KeysRefusedException;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Follows the key that wraps all others by a new one, for whoever administers every game; each step is audited first. */
@RestController
@RequestMapping("/v1/key-epochs")
public final class KeyEpochsRestApi {

    private final KeyEpochs epochs;
    private final AuditChain audit;

    public KeyEpochsRestApi(PostgresVault vault) {
        this.epochs = vault.keyEpochs();
        this.audit = vault.audit();
    }

    /**
     * An epoch.
     *
     * @param state CURRENT, OLDER or DESTROYED
     * @param wraps how many keys it wraps
     * @param begunAt absent: longer ago than is known
     * @param neededUntil when the last backup of the vault that needs its file ends; absent: none does
     * @param destroyedAt absent: it was not
     * @param fileHere whether its file is in the key directory of the process that answers
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EpochDocument(
            int epoch,
            String state,
            long wraps,
            @Nullable Instant begunAt,
            @Nullable Instant neededUntil,
            @Nullable Instant destroyedAt,
            boolean fileHere) {

        private static EpochDocument of(Epoch epoch, boolean isLast) {
            return new EpochDocument(
                    epoch.epoch(),
                    epoch.destroyedAt() != null ? "DESTROYED" : isLast ? "CURRENT" : "OLDER",
                    epoch.wraps(),
                    epoch.begunAt(),
                    epoch.neededUntil(),
                    epoch.destroyedAt(),
                    epoch.fileHere());
        }
    }

    /** @param epoch the one that is current from now on */
    record Begun(int epoch) {}

    /**
     * Where wrapping anew has come to.
     *
     * @param rewrapped keys this call has wrapped anew
     * @param next what to ask for next; absent: everything was looked through
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rewrapped(long rewrapped, @Nullable String next) {}

    @GetMapping
    List<EpochDocument> list(Caller caller) {
        caller.requireEverywhere(Role.ADMIN);
        List<Epoch> all = told(epochs::list);
        return all.stream()
                .map(epoch -> EpochDocument.of(epoch, epoch.equals(all.getLast())))
                .toList();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Begun begin(Caller caller) {
        caller.requireEverywhere(Role.ADMIN);
        audit.append("key-epoch.begin", null, null, caller.name());
        return new Begun(told(epochs::begin));
    }

    /** Some thousand keys a call; the caller goes on where the last one ended. */
    @PostMapping("/rewrap")
    Rewrapped rewrap(Caller caller, @RequestParam(name = "from", required = false) @Nullable String from) {
        caller.requireEverywhere(Role.ADMIN);
        if (from == null) {
            audit.append("key-epoch.rewrap", null, null, caller.name());
        }
        try {
            KeyEpochs.Progress progress = told(() -> epochs.rewrap(from));
            return new Rewrapped(progress.rewrapped(), progress.next());
        } catch (IllegalArgumentException e) {
            throw new Refusal(RequestProblem.PARAMETER_MALFORMED, "A parameter has the wrong form: from");
        }
    }

    @DeleteMapping("/{epoch}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void destroy(
            Caller caller,
            @PathVariable("epoch") int epoch,
            @RequestParam(name = "giveUpBackups", defaultValue = "false") boolean givesUpBackups) {
        caller.requireEverywhere(Role.ADMIN);
        audit.append("key-epoch.destroy", null, epoch, caller.name());
        switch (told(() -> epochs.destroy(epoch, givesUpBackups))) {
            case DESTROYED -> {}
            case UNKNOWN -> throw new Refusal(RequestProblem.NOT_FOUND);
            case CURRENT -> throw new Refusal(KeyEpochProblem.CURRENT);
            case WRAPS -> throw new Refusal(KeyEpochProblem.WRAPS);
            case NEEDED -> throw new Refusal(KeyEpochProblem.NEEDED);
        }
    }

    private static <T> T told(Supplier<T> step) {
        try {
            return step.get();
        } catch (KeysRefusedException e) {
            // Says which file of the key directory, and what to do; nothing of a key.
            throw new Refusal(KeyEpochProblem.FILES, String.valueOf(e.getMessage()));
        }
    }
}
