package io.gamemetrics.commandside.replay;

import io.gamemetrics.infrastructure.replays.Offers;
import io.gamemetrics.infrastructure.replays.ReplayRefused;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Replays that are offered, over HTTP; projections list them. Who did not want one is kept with it. */
@RestController
@RequestMapping("/v1/offers")
public final class OfferRestApi {

    private final Offers offers;

    public OfferRestApi(Offers offers) {
        this.offers = offers;
    }

    /** What was dismissed: it is not offered again unless something else changes. */
    @PostMapping("/{id}/dismiss")
    OfferDocument dismiss(Caller caller, @PathVariable("id") String id) {
        caller.requireEverywhere(Role.OPERATOR);
        try {
            return OfferDocument.of(offers.dismiss(offer(id), caller.name()));
        } catch (ReplayRefused e) {
            throw new Refusal(RequestProblem.NOT_FOUND);
        }
    }

    /** What can't be an offer's id is no offer's. */
    private static UUID offer(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new Refusal(RequestProblem.NOT_FOUND);
        }
    }
}
