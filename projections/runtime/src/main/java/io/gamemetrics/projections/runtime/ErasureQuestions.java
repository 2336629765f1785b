package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import java.util.List;
import java.util.UUID;

/**
 * What is asked of this process when persons are erased.
 *
 * @param needles what to look for when somebody is gone
 * @param parts where goes what is given to persons of themselves
 */
public record ErasureQuestions(ErasureOrders orders, NeedlesOf needles, KeepsParts parts) {

    /** Keeps what is given of a subject to that subject. */
    @FunctionalInterface
    public interface KeepsParts {

        /**
         * Keeps a piece; one that was kept before is replaced.
         *
         * @param part what it is a piece of
         * @param number of the piece in its part, from 0
         * @param isLast whether the part is whole with it
         * @throws IllegalStateException when nothing is kept of this subject any more
         */
        void keep(UUID request, int subject, String part, int number, byte[] piece, boolean isLast);
    }

    /** What a subject of a request is to be looked for by. */
    @FunctionalInterface
    public interface NeedlesOf {

        /** Texts, none of them empty; none when the request is over. */
        List<String> find(UUID request, int subject);
    }
}
