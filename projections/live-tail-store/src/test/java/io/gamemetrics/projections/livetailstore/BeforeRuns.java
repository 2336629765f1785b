package io.gamemetrics.projections.livetailstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Writes as a build did that gave each event an entry of its own, without a count. */
final class BeforeRuns {

    private static final String APPEND = script();

    private BeforeRuns() {}

    static void write(LiveTailStore store, int game, int partition, int kept, List<LiveEvent> events) {
        List<byte[]> arguments = new ArrayList<>();
        for (int number : new int[] {partition, kept, 0}) {
            arguments.add(Integer.toString(number).getBytes(UTF_8));
        }
        for (LiveEvent event : events) {
            UUID player = event.player();
            arguments.add(Long.toString(event.position().number()).getBytes(UTF_8));
            arguments.add((player == null ? "" : player.toString()).getBytes(UTF_8));
            arguments.add(packed(event).getBytes(UTF_8));
        }
        store.append(
                APPEND, List.of(LiveTailKeys.stream(game, 1, partition), LiveTailKeys.trimmed(game, 1)), arguments);
    }

    private static String packed(LiveEvent event) {
        StringBuilder packed = new StringBuilder();
        EventFields.addOwn(packed, event);
        EventFields.addShared(packed, event);
        return packed.toString();
    }

    private static String script() {
        try (InputStream file = BeforeRuns.class.getResourceAsStream("/redis/append-before-runs.lua")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
