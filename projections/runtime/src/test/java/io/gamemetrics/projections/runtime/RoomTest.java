package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Room;
import io.gamemetrics.infrastructure.replays.Version;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much room there is said to be for a second version. */
class RoomTest {

    private static final long DISK = 7_000;

    private final LiveStream stream = new LiveStream();

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void what_is_free_is_told_of_where_versions_lie() {
        assertThat(told(OptionalLong.of(40), OptionalLong.of(50))).isEqualTo(new Room(OptionalLong.of(40), 50));
        assertThat(told(OptionalLong.empty(), OptionalLong.empty())).isEqualTo(new Room(OptionalLong.empty(), DISK));
    }

    private Room told(OptionalLong bytes, OptionalLong free) {
        ReplayControl control = new VersionedCounting(stream).control("one");
        control.versions().register(new KnownProjection("counting", LiveStream.PARTITIONS, true, 1));
        new ReplayDuties(control, stream.store, LiveStream::isConfiguration, LiveStream.PARTITIONS, () -> DISK)
                .tellRoom(
                        new Elsewhere(bytes, free),
                        new Version("elsewhere", 1, 1, Version.State.ACTIVE, Instant.EPOCH));
        return control.rooms().of("counting").orElseThrow();
    }

    private record Elsewhere(OptionalLong bytes, OptionalLong freeBytes) implements VersionedProjection {

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public OptionalLong bytes(int number) {
            return bytes;
        }

        @Override
        public Open open(int number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void drop(int number) {
            throw new UnsupportedOperationException();
        }
    }
}
