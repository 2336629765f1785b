package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of an event: who, when, what for how much, and from which country, which taxes ask for. Not the session, the
 * device, the version, the experiments: no book needs them.
 */
final class KeptEvents {

    private KeptEvents() {}

    static boolean isOf(KeptKind kind, PlayerEvent event) {
        return switch (kind) {
            case PURCHASES -> event instanceof PurchaseMade || event instanceof PurchaseRefunded;
        };
    }

    /** The record that is kept; empty when the event is of another kind. */
    static Optional<Map<String, Object>> record(KeptKind kind, PlayerId player, PlayerEvent event) {
        return switch (kind) {
            case PURCHASES ->
                switch (event) {
                    case PurchaseMade purchase -> Optional.of(purchase(player, purchase));
                    case PurchaseRefunded refund -> Optional.of(refund(player, refund));
                    default -> Optional.empty();
                };
        };
    }

    private static Map<String, Object> purchase(PlayerId player, PurchaseMade purchase) {
        Map<String, Object> record = begin("purchase", player, purchase.header());
        record.put("itemId", purchase.itemId());
        record.put("itemType", purchase.itemType());
        put(record, purchase.price());
        if (!purchase.settles().isEmpty()) {
            // Those that came before it: what they give back stands here alone.
            Map<String, Object> settled = new LinkedHashMap<>();
            purchase.settles().forEach(refund -> settled.put(refund.eventId().value(), refund.micros()));
            record.put("refundedMicros", settled);
        }
        return record;
    }

    private static Map<String, Object> refund(PlayerId player, PurchaseRefunded refund) {
        Map<String, Object> record = begin("purchase_refunded", player, refund.header());
        record.put("purchaseEventId", refund.purchaseEventId().value());
        if (refund.settled() != null) {
            record.put("itemId", refund.settled().itemId());
            record.put("itemType", refund.settled().itemType());
            put(record, refund.settled().amount());
        } else if (refund.amountMicros() != null) {
            record.put("amountMicros", refund.amountMicros());
        }
        return record;
    }

    private static Map<String, Object> begin(String type, PlayerId player, EventHeader header) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("type", type);
        record.put("playerId", player.value());
        record.put("eventId", header.eventId().value());
        record.put("occurredAt", header.occurredAt().toString());
        Optional.ofNullable(header.dimensions().country()).ifPresent(country -> record.put("country", country));
        return record;
    }

    private static void put(Map<String, Object> record, Money amount) {
        record.put("currency", amount.currency().getCurrencyCode());
        record.put("amountMicros", amount.micros());
    }
}
