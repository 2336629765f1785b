package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import java.util.List;
import java.util.UUID;

/**
 * What is asked of this process when persons are erased.
 *
 * @param needles what to look for when somebody is gone
 */
public record ErasureQuestions(ErasureOrders orders, NeedlesOf needles) {

    /** What a subject of a request is to be looked for by. */
    @FunctionalInterface
    public interface NeedlesOf {

        /** Texts, none of them empty; none when the request is over. */
        List<String> find(UUID request, int subject);
    }
}
