package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import org.jspecify.annotations.Nullable;

/** A refund gives back at most what is left of its purchase. One that comes before its purchase waits for it. */
record RefundIsNotMoreThanBought() implements Rule {

    static final String TOO_MUCH = "refund.tooMuch";

    @Override
    public @Nullable Refusal refusal(PlayerEvent event, Facts facts) {
        if (!(event instanceof PurchaseRefunded refund)
                || !(facts.eventWith(refund.purchaseEventId()) instanceof PurchaseMade purchase)) {
            return null;
        }
        long left = facts.microsLeftOf(purchase);
        Long amount = refund.amountMicros();
        // The rest of something paid for has to be more than nothing; the rest of a gift is nothing.
        boolean tooMuch = amount == null ? left == 0 && purchase.price().micros() > 0 : amount > left;
        return tooMuch
                ? new Refusal(
                        TOO_MUCH,
                        "/amountMicros",
                        "amountMicros: more than is left of the purchase: leftMicros=" + left)
                : null;
    }
}
