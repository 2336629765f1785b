package io.gamemetrics.commandside.rejected;

import io.gamemetrics.commandside.game.GameView;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.web.Caller;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the log {@code io.gamemetrics.audit} who looked at refused events. Names nobody: the reader stands there as a
 * keyed hash of their token's subject, the same each time, which only who holds the vault's keys can compare with a name.
 */
final class ReadAudit {

    private static final Logger LOG = LoggerFactory.getLogger("io.gamemetrics.audit");
    private static final int SHOWN_BYTES = 8;

    private final Vault vault;

    ReadAudit(Vault vault) {
        this.vault = vault;
    }

    /** @param what for example {@code read id=7}; holds nothing that was sent */
    void note(Caller caller, GameView game, String what) {
        LOG.info("rejected-events game={} by={} {}", game.gameId().value(), reader(caller, game), what);
    }

    private String reader(Caller caller, GameView game) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(vault.rejectionKey(game.number()).lookup());
            byte[] hash = mac.doFinal(("reader:" + caller.name()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }
}
