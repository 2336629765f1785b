package io.gamemetrics.infrastructure.eventcatalog;

import io.gamemetrics.infrastructure.privacy.DataKey;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardBanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardUnbanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import io.gamemetrics.sharedkernel.privacy.OutlivesItsPerson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;

/**
 * The keys by which events are found again in one stream: the first 64 bits of an HMAC-SHA256 of kind and id under the
 * stream's lookup key. Two ids may share a key, so what is found by it is a candidate only. Not safe for concurrent use.
 */
public final class LookupKeys {

    private final Mac mac;

    /** @param key the data key of the stream that is searched */
    public LookupKeys(DataKey key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(key.lookup());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    /** The key of the event with this id. */
    public long event(EventId id) {
        return key("e:" + id.value());
    }

    /** The key of the start and of the end of this session. */
    public long session(SessionId id) {
        return key("s:" + id.value());
    }

    /** The key of every refund of this purchase. */
    public long refundsOf(EventId purchase) {
        return key("r:" + purchase.value());
    }

    /** The key of a moderator's decision with this id: apart from the ids that senders choose. */
    public long moderation(EventId id) {
        return key("m:" + id.value());
    }

    /** The key of every link, in either direction. */
    public long links() {
        return key("l:");
    }

    /** The keys under which an event is kept; none for one that is not reported, or outlives the key they are made with. */
    List<Long> of(Object payload) {
        if (!(payload instanceof PlayerEvent event) || payload instanceof OutlivesItsPerson) {
            return List.of();
        }
        if (event instanceof LeaderboardBanned || event instanceof LeaderboardUnbanned) {
            return List.of(moderation(event.header().eventId()));
        }
        List<Long> keys = new ArrayList<>(2);
        keys.add(event(event.header().eventId()));
        SessionId session = event.header().sessionId();
        if (session != null && (event instanceof SessionStarted || event instanceof SessionEnded)) {
            keys.add(session(session));
        }
        if (event instanceof PurchaseRefunded refund) {
            keys.add(refundsOf(refund.purchaseEventId()));
        }
        if (event instanceof PlayerLinked || event instanceof LinkedToPlayer) {
            keys.add(links());
        }
        return keys;
    }

    private long key(String name) {
        return ByteBuffer.wrap(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
