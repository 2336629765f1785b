package io.gamemetrics.commandside.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.ReplayWish.SwitchWhen;
import io.gamemetrics.infrastructure.web.Refusal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be rebuilt, and how; what is absent takes its default.
 *
 * @param switchWhen {@code switch} in the body: MANUAL unless it says WHEN_IDENTICAL
 * @param games ids of the games that are rebuilt; absent: all
 * @param from with {@code to}: of those the games with an event stored at or after this, ISO 8601; absent: the beginning
 * @param to and before this; absent: now
 * @param types names of the event types that are handled, to compare; absent: all
 */
record NewReplay(
        @Nullable String projection,
        @Nullable Integer eventsPerSecond,
        @Nullable AbortWhen abortWhen,
        @JsonProperty("switch") @Nullable String switchWhen,
        @Nullable Boolean dryRun,
        @Nullable List<@Nullable String> games,
        @Nullable String from,
        @Nullable String to,
        @Nullable List<@Nullable String> types) {

    record AbortWhen(
            @Nullable Integer liveLagSeconds, @Nullable Integer diskFreeGiB) {}

    String name() {
        if (projection == null || projection.isBlank()) {
            throw invalid("/projection", "which projection is to be rebuilt");
        }
        return projection;
    }

    ReplayWish wish(PartReader parts) {
        ReplayPart part = parts.read(this);
        SwitchWhen when = when();
        if (part.isOnlyCompared() && when == SwitchWhen.WHEN_IDENTICAL) {
            throw invalid("/switch", "MANUAL: what handles some types alone is never switched to");
        }
        return new ReplayWish(
                positive("/eventsPerSecond", eventsPerSecond),
                when,
                positive("/abortWhen/liveLagSeconds", abortWhen == null ? null : abortWhen.liveLagSeconds),
                positive("/abortWhen/diskFreeGiB", abortWhen == null ? null : abortWhen.diskFreeGiB),
                part);
    }

    private SwitchWhen when() {
        return Arrays.stream(SwitchWhen.values())
                .filter(when -> when.name().equals(switchWhen == null ? SwitchWhen.MANUAL.name() : switchWhen))
                .findFirst()
                .orElseThrow(() -> invalid("/switch", "MANUAL or WHEN_IDENTICAL"));
    }

    boolean isDry() {
        return Boolean.TRUE.equals(dryRun);
    }

    static @Nullable Integer positive(String pointer, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw invalid(pointer, "1 or more, or absent");
        }
        return value;
    }

    static Refusal invalid(String pointer, String wanted) {
        return new Refusal(ReplayProblem.FIELD_INVALID, "Wanted: " + wanted + ".").with("pointer", pointer);
    }
}
