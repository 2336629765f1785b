package io.gamemetrics.commandside.rejected;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gamemetrics.commandside.game.GameView;
import io.gamemetrics.commandside.ingestion.EventIntake;
import io.gamemetrics.commandside.ingestion.Refused;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.commandside.player.Decision;
import io.gamemetrics.commandside.player.PlayerCodes;
import io.gamemetrics.commandside.player.Refusal;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Entry;
import io.gamemetrics.infrastructure.eventstore.RejectedEventsQuery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends refused events in again, patched or not, through the same intake as everybody's, oldest first, so many at a time.
 * An event leaves the log only after it is durable in the store: who dies in between finds it a duplicate the next time,
 * by its own id, and it leaves the log then. One that is refused again stays, with its new code. Safe for concurrent use.
 */
final class Resubmission {

    static final int MAX_EVENTS = 1_000;

    /** What one round holds in memory, sealed; an event of more is worked through alone. */
    private static final long MAX_BYTES = 8L * 1024 * 1024;

    private final EventIntake intake;
    private final RejectedLog log;
    private final Clock clock;

    Resubmission(EventIntake intake, RejectedLog log, Clock clock) {
        this.intake = intake;
        this.log = log;
        this.clock = clock;
    }

    /**
     * What to send again.
     *
     * @param code absent: of any code
     * @param ids absent: all of the code's
     * @param dryRun decide, and change nothing
     * @param after where an earlier round ended; absent: from the oldest
     * @param first how many at most
     */
    record Wish(
            @Nullable String code,
            @Nullable List<Long> ids,
            EventPatch patch,
            boolean dryRun,
            @Nullable Cursor after,
            int first) {}

    /**
     * What became of one round. The three numbers add up to the results.
     *
     * @param total how many events the whole walk has, in its first round; absent in later ones
     * @param after where to go on; absent: nothing is left
     * @param position everything accepted, and every duplicate's first copy, is at or before it; absent without events
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Round(
            int accepted,
            int duplicates,
            int rejected,
            boolean dryRun,
            @Nullable Long total,
            @Nullable String after,
            @Nullable String position,
            List<Result> results) {

        @Override
        public String toString() {
            return "Round[accepted=" + accepted + ", duplicates=" + duplicates + ", rejected=" + rejected + "]";
        }
    }

    /**
     * What became of one event.
     *
     * @param id in the log
     * @param outcome accepted, duplicate or rejected
     * @param code why it was rejected, with pointer and message; absent otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            String id,
            @Nullable String eventId,
            String outcome,
            @Nullable String code,
            @Nullable String pointer,
            @Nullable String message) {

        @Override
        public String toString() {
            return "Result[id=" + id + ", outcome=" + outcome + "]";
        }
    }

    /** An entry on its way: what it says now, or absent where it can't be sent again. */
    private record Candidate(
            Entry entry,
            @Nullable Refused refused,
            @Nullable String patched) {}

    Round round(GameView game, Wish wish) {
        Instant now = clock.instant();
        // Later ones belong to a later walk, else a sender who keeps sending the same would keep it going for ever.
        Instant until = wish.after() == null ? now.plusMillis(1) : wish.after().until();
        RejectedEventsQuery query = RejectedEventsQuery.all(game.number(), now)
                .ofCode(wish.code())
                .received(null, until)
                .among(wish.ids());
        Long total = wish.after() == null ? log.entries().count(query) : null;
        List<Entry> entries = log.entries()
                .oldestFirst(query, wish.after() == null ? null : wish.after().place(), wish.first(), MAX_BYTES);
        if (entries.isEmpty()) {
            return new Round(0, 0, 0, wish.dryRun(), total, null, null, List.of());
        }
        List<Candidate> candidates =
                entries.stream().map(entry -> candidate(entry, wish.patch())).toList();
        List<String> documents = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.patched() != null) {
                documents.add(candidate.patched());
            }
        }
        EventIntake.Judged judged = intake.again(
                game,
                documents.stream()
                        .map(document -> document.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                wish.dryRun());
        Tally tally = new Tally();
        int next = 0;
        for (Candidate candidate : candidates) {
            tally.add(
                    candidate,
                    candidate.patched() == null ? null : judged.decisions().get(next++));
        }
        if (!wish.dryRun()) {
            log.entries().settle(game.number(), tally.gone, tally.changed);
        }
        String after = new Cursor(entries.getLast().place(), until).toString();
        return new Round(
                tally.accepted,
                tally.duplicates,
                tally.rejected,
                wish.dryRun(),
                total,
                after,
                judged.position(),
                tally.results);
    }

    private Candidate candidate(Entry entry, EventPatch patch) {
        Refused refused = log.open(entry).orElse(null);
        return new Candidate(
                entry,
                refused,
                refused == null ? null : patch.apply(refused.latest()).orElse(null));
    }

    /** Counts one round, and gathers what it changes in the log. */
    private final class Tally {

        private final List<Result> results = new ArrayList<>();
        private final List<Long> gone = new ArrayList<>();
        private final List<Entry> changed = new ArrayList<>();
        private int accepted;
        private int duplicates;
        private int rejected;

        /** @param decision absent: it could not be sent again, and stays as it is */
        void add(Candidate candidate, @Nullable Decision decision) {
            switch (decision) {
                case null -> {
                    rejected++;
                    Refused refused = candidate.refused();
                    results.add(result(
                            candidate,
                            "rejected",
                            refused == null
                                    ? new Refusal(UNREADABLE, "", "The event can't be decrypted.")
                                    : new Refusal(EventPatch.FAILED, "", EventPatch.FAILED_MEANING)));
                }
                case Decision.Accepted a -> {
                    accepted++;
                    gone.add(candidate.entry().id());
                    results.add(result(candidate, "accepted", null));
                }
                case Decision.Duplicate d -> {
                    duplicates++;
                    gone.add(candidate.entry().id());
                    results.add(result(candidate, "duplicate", null));
                }
                case Decision.Rejected r -> {
                    rejected++;
                    results.add(result(candidate, "rejected", r.refusal()));
                    if (r.refusal().code().equals(PlayerCodes.ERASED)) {
                        gone.add(candidate.entry().id());
                    } else {
                        changed.add(log.sealed(candidate.entry(), refusedAgain(candidate, r.refusal())));
                    }
                }
            }
        }
    }

    /** The code of an entry that this vault's key does not open. */
    static final String UNREADABLE = "rejected.unreadable";

    private static Refused refusedAgain(Candidate candidate, Refusal refusal) {
        Refused before = java.util.Objects.requireNonNull(candidate.refused());
        String patched = candidate.patched();
        return new Refused(
                refusal.code(),
                refusal.pointer(),
                refusal.message(),
                before.sent(),
                before.sent().equals(patched) ? null : patched);
    }

    private static Result result(Candidate candidate, String outcome, @Nullable Refusal refusal) {
        String text = candidate.patched() != null
                ? candidate.patched()
                : candidate.refused() == null ? "" : candidate.refused().latest();
        return new Result(
                Long.toString(candidate.entry().id()),
                RejectedDocument.eventId(text),
                outcome,
                refusal == null ? null : refusal.code(),
                refusal == null ? null : refusal.pointer(),
                refusal == null ? null : refusal.message());
    }
}
