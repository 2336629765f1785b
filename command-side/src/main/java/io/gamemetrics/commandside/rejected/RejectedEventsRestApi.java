package io.gamemetrics.commandside.rejected;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.game.GameView;
import io.gamemetrics.commandside.game.GameViews;
import io.gamemetrics.commandside.ingestion.EventIntake;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.CodeCount;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Entry;
import io.gamemetrics.infrastructure.eventstore.RejectedEventsQuery;
import io.gamemetrics.infrastructure.privacy.RejectedReads;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A game's refused events, over HTTP. Every look at them is remembered. */
@RestController
@RequestMapping("/v1/games/{game}/rejected-events")
public final class RejectedEventsRestApi {

    static final int MAX_PAGE = 200;

    private static final Pattern CODE = Pattern.compile("[A-Za-z_.]{1,128}");
    private static final long MAX_PAGE_BYTES = 8L * 1024 * 1024;

    private final GameViews games;
    private final RejectedLog log;
    private final Resubmission resubmission;
    private final Audit audit;
    private final Clock clock;

    public RejectedEventsRestApi(
            GameViews games, RejectedLog log, EventIntake intake, Vault vault, RejectedReads reads, Clock clock) {
        this.games = games;
        this.log = log;
        this.resubmission = new Resubmission(intake, log, clock);
        this.audit = new Audit(vault, reads);
        this.clock = clock;
    }

    /**
     * Which events to send in again, and how.
     *
     * @param patch RFC 6902; absent: as they are
     * @param after what the round before answered; absent: from the oldest
     * @param first how many at most in this round; absent: 500
     */
    record Wanted(
            @Nullable String code,
            @Nullable List<String> ids,
            @Nullable JsonNode patch,
            @Nullable Boolean dryRun,
            @Nullable String after,
            @Nullable Integer first) {

        @Override
        public String toString() {
            return "Wanted[…]";
        }
    }

    @GetMapping
    RejectedDocument.Page list(
            Caller caller,
            @PathVariable GameId game,
            @RequestParam(name = "code", required = false) @Nullable String code,
            @RequestParam(name = "from", required = false) @Nullable String from,
            @RequestParam(name = "to", required = false) @Nullable String to,
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "first", defaultValue = "50") int first) {
        GameView view = operated(caller, game);
        if (first < 1 || first > MAX_PAGE) {
            throw malformed("first");
        }
        Cursor cursor = Cursor.of(after);
        RejectedEventsQuery query = RejectedEventsQuery.all(view.number(), clock.instant())
                .ofCode(code(code))
                .received(instant("from", from), instant("to", to));
        List<Entry> entries =
                log.entries().newestFirst(query, cursor == null ? null : cursor.place(), first, MAX_PAGE_BYTES);
        audit.note(caller, view, "listed count=" + entries.size());
        // The last page may be exactly full: then the next one is empty, and says so.
        String next = entries.isEmpty() ? null : new Cursor(entries.getLast().place(), Instant.EPOCH).toString();
        return new RejectedDocument.Page(
                entries.stream()
                        .map(entry ->
                                RejectedDocument.listed(entry, log.open(entry).orElse(null)))
                        .toList(),
                next);
    }

    @GetMapping("/summary")
    RejectedDocument.Summary summary(Caller caller, @PathVariable GameId game) {
        GameView view = operated(caller, game);
        List<CodeCount> codes = log.entries().countByCode(view.number(), clock.instant());
        return new RejectedDocument.Summary(
                codes.stream().mapToLong(CodeCount::count).sum(), codes);
    }

    @GetMapping("/{id}")
    RejectedDocument.Inspected inspect(Caller caller, @PathVariable GameId game, @PathVariable("id") long id) {
        GameView view = operated(caller, game);
        RejectedEventsQuery query =
                RejectedEventsQuery.all(view.number(), clock.instant()).among(List.of(id));
        Entry entry = log.entries().newestFirst(query, null, 1, MAX_PAGE_BYTES).stream()
                .findFirst()
                .orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
        audit.read(caller, view, id);
        return RejectedDocument.inspected(entry, log.open(entry).orElse(null));
    }

    @PostMapping(path = "/resubmit", consumes = "application/json")
    Resubmission.Round resubmit(Caller caller, @PathVariable GameId game, InputStream request) throws IOException {
        GameView view = operated(caller, game);
        Wanted body = wanted(request.readAllBytes());
        if (body.code() == null && body.ids() == null) {
            throw new Refusal(RejectedProblem.NOTHING_NAMED);
        }
        int first = body.first() == null ? 500 : body.first();
        if (first < 1 || first > Resubmission.MAX_EVENTS) {
            throw new Refusal(RejectedProblem.FIRST_INVALID).with("pointer", "/first");
        }
        Resubmission.Round round = resubmission.round(
                view,
                new Resubmission.Wish(
                        code(body.code()),
                        ids(body.ids()),
                        EventPatch.of(body.patch()),
                        Boolean.TRUE.equals(body.dryRun()),
                        Cursor.of(body.after()),
                        first));
        audit.note(
                caller,
                view,
                (round.dryRun() ? "tried count=" : "resubmitted count=")
                        + round.results().size());
        return round;
    }

    private static Wanted wanted(byte[] body) throws IOException {
        try {
            return EventPatch.JSON.readValue(body, Wanted.class);
        } catch (JsonProcessingException e) {
            // Its message repeats what was sent.
            throw new Refusal(RequestProblem.BODY_MALFORMED);
        }
    }

    private GameView operated(Caller caller, GameId game) {
        caller.require(Role.OPERATOR, game);
        return games.find(game).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
    }

    private static @Nullable List<Long> ids(@Nullable List<String> ids) {
        if (ids == null) {
            return null;
        }
        try {
            if (ids.size() <= Resubmission.MAX_EVENTS) {
                return ids.stream().map(Long::valueOf).toList();
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new Refusal(RejectedProblem.IDS_INVALID).with("pointer", "/ids");
    }

    private static @Nullable String code(@Nullable String code) {
        if (code != null && !CODE.matcher(code).matches()) {
            throw malformed("code");
        }
        return code;
    }

    private static @Nullable Instant instant(String parameter, @Nullable String text) {
        try {
            OffsetDateTime instant = text == null ? null : OffsetDateTime.parse(text);
            if (instant == null || (instant.getYear() >= 0 && instant.getYear() < 10_000)) {
                return instant == null ? null : instant.toInstant();
            }
        } catch (DateTimeException e) {
            // Refused below.
        }
        throw malformed(parameter);
    }

    private static Refusal malformed(String parameter) {
        return new Refusal(RequestProblem.PARAMETER_MALFORMED, "A parameter has the wrong form: " + parameter);
    }
}
