package io.gamemetrics.infrastructure.eventcatalog;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.sharedkernel.datasubject.RequestEvent;
import io.gamemetrics.sharedkernel.erasure.ErasureEvent;
import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventCatalogTest {

    private static final EventCatalog CATALOG = EventCatalog.current();

    @Test
    void everythingThatCanHappenHasAType() {
        assertThat(CATALOG.types().stream().map(EventType::payload).collect(toSet()))
                .isEqualTo(kinds(GameEvent.class, ErasureEvent.class, PlayerEvent.class, RequestEvent.class));
    }

    @Test
    void aKindWithoutATypeWouldBeFound() {
        EventCatalog withoutGames = new EventCatalog(PlayerShapes.ALL);

        assertThat(withoutGames.types().stream().map(EventType::payload).collect(toSet()))
                .isNotEqualTo(kinds(GameEvent.class, ErasureEvent.class, PlayerEvent.class, RequestEvent.class));
        assertThatThrownBy(() -> withoutGames.of(GameEvent.KeyRevoked.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void exactlyTheEventsOfGamesAreConfiguration() {
        assertThat(CATALOG.types())
                .allMatch(type -> type.configuration() == GameEvent.class.isAssignableFrom(type.payload()))
                .allMatch(type -> CATALOG.isConfiguration(type.number()) == type.configuration());
        assertThat(CATALOG.isConfiguration(9_999)).isFalse();
    }

    @Test
    void numbersNamesAndRevisionsAreTheApprovedOnes() {
        Approved.of("catalog.txt")
                .requireSame(CATALOG.types().stream()
                        .map(type -> type.number() + " " + type.name() + " " + type.revision()
                                + (type.configuration() ? " configuration" : "")
                                + (type.outlivesItsPerson() ? " outlives-its-person" : "") + "\n")
                        .collect(joining()));
    }

    @Test
    void oneNumberOrNameForTwoEventsIsRefused() {
        Shape<?> twice = PlayerShapes.ALL.getFirst();

        assertThatThrownBy(() -> new EventCatalog(List.of(twice, twice))).isInstanceOf(IllegalStateException.class);
    }

    private static Set<Class<?>> kinds(Class<?>... families) {
        return Arrays.stream(families).flatMap(EventCatalogTest::records).collect(toSet());
    }

    private static Stream<Class<?>> records(Class<?> kind) {
        Set<Class<?>> permitted = new HashSet<>();
        if (kind.isSealed()) {
            permitted.addAll(List.of(kind.getPermittedSubclasses()));
        }
        return kind.isRecord() ? Stream.of(kind) : permitted.stream().flatMap(EventCatalogTest::records);
    }
}
