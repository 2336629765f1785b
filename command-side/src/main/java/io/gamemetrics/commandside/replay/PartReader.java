package io.gamemetrics.commandside.replay;

import static io.gamemetrics.commandside.replay.NewReplay.invalid;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventcatalog.EventType;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which part of a read model a request is about: ids and names become numbers. Safe for concurrent use. */
final class PartReader {

    private static final int MOST = 1_000;
    private static final Instant FIRST = Instant.parse("1999-12-31T23:59:59Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private final Vault vault;
    private final EventCatalog catalog;

    PartReader(Vault vault, EventCatalog catalog) {
        this.vault = vault;
        this.catalog = catalog;
    }

    ReplayPart read(NewReplay wanted) {
        Map<String, Integer> types =
                catalog.types().stream().collect(Collectors.toMap(EventType::name, EventType::number));
        ReplayPart part = new ReplayPart(
                numbers("/games", "ids of games there are", wanted.games(), this::game),
                moment("/from", wanted.from()),
                until(wanted),
                catalog.withCompleted(numbers(
                        "/types",
                        "names of event types, some of " + new TreeSet<>(types.keySet()),
                        wanted.types(),
                        name -> Optional.ofNullable(types.get(name)))));
        Instant from = part.storedFrom();
        Instant to = part.storedTo();
        if (from != null && to != null && !from.isBefore(to)) {
            throw invalid("/to", "a moment after from");
        }
        if (part.isOnlyCompared() && part.takesOver()) {
            throw invalid("/types", "either types, or games and a time");
        }
        return part;
    }

    private Optional<Integer> game(String id) {
        try {
            return vault.findGameNumber(new GameId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Set<Integer> numbers(
            String pointer,
            String what,
            @Nullable List<@Nullable String> names,
            Function<String, Optional<Integer>> numberOf) {
        if (names == null) {
            return Set.of();
        }
        if (names.isEmpty() || names.size() > MOST) {
            throw invalid(pointer, "1 to " + MOST + " " + what + ", or absent");
        }
        Set<Integer> numbers = new TreeSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String here = pointer + "/" + i;
            numbers.add(Optional.ofNullable(name).flatMap(numberOf).orElseThrow(() -> invalid(here, what)));
        }
        return numbers;
    }

    /** A time that goes on would find other games at each look: it ends now. */
    private static @Nullable Instant until(NewReplay wanted) {
        Instant to = moment("/to", wanted.to());
        Instant now = Instant.now();
        return (wanted.from() != null && to == null) || (to != null && to.isAfter(now)) ? now : to;
    }

    private static @Nullable Instant moment(String pointer, @Nullable String text) {
        try {
            Instant moment = text == null ? null : Instant.parse(text);
            if (moment == null || (moment.isAfter(FIRST) && moment.isBefore(LAST))) {
                return moment;
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        throw invalid(pointer, "a moment from 2000 on such as 2026-11-29T12:00:00Z, or absent");
    }
}
