package io.gamemetrics.commandside.rejected;

import io.gamemetrics.commandside.game.GameView;
import io.gamemetrics.infrastructure.privacy.RejectedReads;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.web.Caller;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers who looked at refused events. Reading one as it was sent is recorded by name in the vault's database, before
 * it is told. What shows no contents is a line in the log {@code io.gamemetrics.audit} that names nobody: the operator
 * stands there as a keyed hash of their token's subject, the same each time.
 */
final class Audit {

    private static final Logger LOG = LoggerFactory.getLogger("io.gamemetrics.audit");
    private static final int SHOWN_BYTES = 8;

    private final Vault vault;
    private final RejectedReads reads;

    Audit(Vault vault, RejectedReads reads) {
        this.vault = vault;
        this.reads = reads;
    }

    /** On disk when this returns. */
    void read(Caller caller, GameView game, long id) {
        reads.record(caller.name(), game.gameId(), id);
        note(caller, game, "read id=" + id);
    }

    /** @param what for example {@code listed count=7}; holds nothing that was sent */
    void note(Caller caller, GameView game, String what) {
        LOG.info("rejected-events game={} by={} {}", game.gameId().value(), operator(caller, game), what);
    }

    private String operator(Caller caller, GameView game) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(vault.rejectionKey(game.number()).lookup());
            byte[] hash = mac.doFinal(("operator:" + caller.name()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }
}
