package io.gamemetrics.commandside.datasubject;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gamemetrics.commandside.datasubject.RequestDocument.KeepDocument;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an execution would do, as it is answered.
 *
 * @param state COUNTING or COUNTED
 * @param askedAt nothing was counted before
 * @param counted how many subjects every store has answered for
 * @param waitingFor versions of read models, as {@code metrics/1}, that have not answered for all yet
 * @param keep what is to be kept of each subject
 * @param totals all subjects' lines together
 */
record PlanDocument(
        UUID requestId,
        String state,
        Instant askedAt,
        int counted,
        List<String> waitingFor,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<KeepDocument> keep,
        List<Line> totals,
        List<SubjectPlan> subjects) {

    static final String COUNTING = "COUNTING";
    static final String COUNTED = "COUNTED";

    /**
     * One of those it is about.
     *
     * @param players how many players are this person; 0: nobody of this id is held
     */
    record SubjectPlan(int subject, String gameId, String playerId, String state, long players, List<Line> lines) {

        @Override
        public String toString() {
            return "SubjectPlan[subject=" + subject + "]";
        }
    }

    /** What becomes of rows. */
    enum Then {
        /** They are deleted. */
        GO,
        /** They stay as ciphertext whose key is destroyed. */
        BECOME_UNREADABLE,
        /** They stay as numbers in sums that name nobody. */
        STAY_IN_SUMS,
        /** What the request keeps of them is copied, and stays under a key of its own until its day is over. */
        STAY_SEALED
    }

    /**
     * What one store holds.
     *
     * @param version of a read model; absent where there are none
     * @param rows how many, by this kind; of Kafka at most so many, fewer where its retention is over
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(String store, @Nullable Integer version, String kind, long rows, Then then) {}

    boolean isCounted() {
        return state.equals(COUNTED);
    }

    /** Lines of one kind together, in the order of their stores. */
    static List<Line> totals(Collection<SubjectPlan> subjects) {
        Map<String, Line> totals = new TreeMap<>();
        for (SubjectPlan subject : subjects) {
            for (Line line : subject.lines()) {
                totals.merge(
                        line.store() + "/" + line.version() + "/" + line.kind(),
                        line,
                        (one, other) -> new Line(
                                one.store(), one.version(), one.kind(), one.rows() + other.rows(), one.then()));
            }
        }
        return List.copyOf(totals.values());
    }
}
