package io.gamemetrics.commandside.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.ReplayWish.SwitchWhen;
import io.gamemetrics.infrastructure.web.Refusal;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be rebuilt, and how; what is absent takes its default.
 *
 * @param switchWhen {@code switch} in the body: MANUAL unless it says WHEN_IDENTICAL
 */
record NewReplay(
        @Nullable String projection,
        @Nullable Integer eventsPerSecond,
        @Nullable AbortWhen abortWhen,
        @JsonProperty("switch") @Nullable String switchWhen,
        @Nullable Boolean dryRun,
        @Nullable JsonNode games,
        @Nullable JsonNode from,
        @Nullable JsonNode to,
        @Nullable JsonNode types) {

    record AbortWhen(
            @Nullable Integer liveLagSeconds, @Nullable Integer diskFreeGiB) {}

    String name() {
        if (projection == null || projection.isBlank()) {
            throw invalid("/projection", "which projection is to be rebuilt");
        }
        return projection;
    }

    ReplayWish wish() {
        if (SwitchWhen.WHEN_IDENTICAL.name().equals(switchWhen)) {
            throw new Refusal(ReplayProblem.NOT_YET);
        }
        if (Stream.of(games, from, to, types).anyMatch(part -> part != null && !part.isNull())) {
            throw new Refusal(ReplayProblem.PARTIAL);
        }
        return new ReplayWish(
                positive("/eventsPerSecond", eventsPerSecond),
                when(),
                positive("/abortWhen/liveLagSeconds", abortWhen == null ? null : abortWhen.liveLagSeconds),
                positive("/abortWhen/diskFreeGiB", abortWhen == null ? null : abortWhen.diskFreeGiB));
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

    private static Refusal invalid(String pointer, String wanted) {
        return new Refusal(ReplayProblem.FIELD_INVALID, "Wanted: " + wanted + ".").with("pointer", pointer);
    }
}
