package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request as it is sent; checked field by field, and never printed. */
record NewRequest(
        @Nullable String type,
        @Nullable List<@Nullable Subject> subjects,
        @Nullable String receivedAt,
        @Nullable Identity identity,
        @Nullable List<@Nullable NewKeep> keep,
        @Nullable String reason) {

    static final int MAX_SUBJECTS = 1_000;
    static final int MAX_EXPORTED = 20;
    static final int MAX_TEXT = 1_000;

    record Subject(@Nullable String gameId, @Nullable String playerId) {

        @Override
        public String toString() {
            return "Subject[…]";
        }
    }

    record Identity(@Nullable Boolean confirmed, @Nullable String how) {

        @Override
        public String toString() {
            return "Identity[…]";
        }
    }

    RequestKind kind() {
        for (RequestKind kind : RequestKind.values()) {
            if (kind.name().equals(type)) {
                return kind;
            }
        }
        throw new Refusal(SubjectProblem.TYPE_UNSUPPORTED).with("pointer", "/type");
    }

    Intake intake() {
        if (wantsToKeep() && !RequestKind.ERASURE.name().equals(type)) {
            throw new Refusal(SubjectProblem.KEEP_UNSUPPORTED).with("pointer", "/keep");
        }
        if (subjects == null || subjects.isEmpty() || subjects.size() > MAX_SUBJECTS) {
            throw new Refusal(SubjectProblem.SUBJECTS_NUMBER).with("pointer", "/subjects");
        }
        if (RequestKind.EXPORT.name().equals(type) && subjects.size() > MAX_EXPORTED) {
            throw new Refusal(SubjectProblem.EXPORT_SUBJECTS).with("pointer", "/subjects");
        }
        List<Intake.Subject> named = new ArrayList<>();
        Set<Intake.Subject> seen = new HashSet<>();
        for (Subject subject : subjects) {
            Intake.Subject one = subject(named.size(), subject);
            if (!seen.add(one)) {
                throw new Refusal(SubjectProblem.SUBJECTS_NUMBER).with("pointer", "/subjects/" + named.size());
            }
            named.add(one);
        }
        return new Intake(
                named,
                optionalText("/identity/how", identity == null ? null : identity.how()),
                optionalText("/reason", reason));
    }

    boolean wantsToKeep() {
        return keep != null && !keep.isEmpty();
    }

    /**
     * What it is to keep of its subjects.
     *
     * @param zones of their games
     */
    List<Keep> keeps(Collection<ZoneId> zones, List<Intake.Subject> named, Instant now) {
        return keep == null ? List.of() : NewKeep.all(keep, zones, named, now);
    }

    boolean identityConfirmed() {
        if (identity == null || !Boolean.TRUE.equals(identity.confirmed())) {
            return false;
        }
        text("/identity/how", identity.how());
        return true;
    }

    /** When the request reached the studio; now unless it says otherwise. */
    Instant received(Instant now) {
        if (receivedAt == null) {
            return now;
        }
        Instant received = instant("/receivedAt", receivedAt);
        if (received.isAfter(now)) {
            throw invalid("/receivedAt", "is not in the future");
        }
        return received;
    }

    static Instant instant(String pointer, String text) {
        try {
            OffsetDateTime instant = OffsetDateTime.parse(text);
            if (instant.getYear() >= 2000 && instant.getYear() < 10_000) {
                return instant.toInstant();
            }
        } catch (DateTimeException e) {
            // Refused below.
        }
        throw invalid(pointer, "must be an instant like 2026-11-22T10:15:30Z, in 2000 or later");
    }

    static String text(String pointer, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > MAX_TEXT || text.indexOf('\0') >= 0) {
            throw invalid(pointer, "must have 1 to " + MAX_TEXT + " characters");
        }
        return text;
    }

    private static @Nullable String optionalText(String pointer, @Nullable String text) {
        return text == null ? null : text(pointer, text);
    }

    private static Intake.Subject subject(int index, @Nullable Subject sent) {
        String pointer = "/subjects/" + index;
        String game = sent == null ? null : sent.gameId();
        String player = sent == null ? null : sent.playerId();
        try {
            if (game != null && player != null) {
                return new Intake.Subject(new GameId(game).value(), new PlayerId(player).value());
            }
        } catch (IllegalArgumentException e) {
            // Refused below, without what was sent.
        }
        throw invalid(pointer, "names a game and a player");
    }

    static Refusal invalid(String pointer, String rule) {
        return new Refusal(SubjectProblem.FIELD_INVALID, pointer + ": " + rule).with("pointer", pointer);
    }

    @Override
    public String toString() {
        return "NewRequest[…]";
    }
}
