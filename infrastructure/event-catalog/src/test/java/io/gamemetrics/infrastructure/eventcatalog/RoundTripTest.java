package io.gamemetrics.infrastructure.eventcatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {

    private static final EventCatalog CATALOG = EventCatalog.current();

    static List<EventType> types() {
        return CATALOG.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void anyEventComesBackAsItWas(EventType type) {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 300; seed++) {
            Object event = new RandomEvents(seed).make(type.payload());

            Object back = throughBytes(type, event);

            assertThat(back).as("seed %d", seed).isEqualTo(event);
            if (event instanceof PlayerEvent sent) {
                assertThat(((PlayerEvent) back).asSent()).as("seed %d", seed).isEqualTo(sent.asSent());
            }
        }
    }

    @Test
    void aFieldNobodyKnowsAndAFieldThatIsMissingAreNotPassedOver() {
        Shape<?> shape = CATALOG.shapeOf(AchievementUnlocked.class);
        ObjectNode stored = stored(ExampleEvents.of(AchievementUnlocked.class).getFirst());

        assertThatThrownBy(() -> shape.read(1, stored.deepCopy().put("new", 1))).isInstanceOf(MisshapenException.class);
        assertThatThrownBy(() -> shape.read(1, stored.deepCopy().without("achievement")))
                .isInstanceOf(MisshapenException.class);
        assertThatThrownBy(() -> StoredJson.read(new byte[] {'{', '"', 'x'})).isInstanceOf(MisshapenException.class);
        assertThatThrownBy(() -> StoredJson.read("[]".getBytes(UTF_8))).isInstanceOf(MisshapenException.class);
    }

    @Test
    void anOlderRevisionIsLiftedStepByStep() {
        EventType third = new EventType(110, "player.achievement-unlocked", 3, AchievementUnlocked.class, false);
        Shape<AchievementUnlocked> shape = new Shape<>(
                third,
                (event, out) -> out.header(event.header()).text("trophy", event.achievementId()),
                in -> new AchievementUnlocked(in.header(), in.text("trophy")),
                List.of(
                        stored -> stored.set("medal", stored.remove("achievement")),
                        stored -> stored.set("trophy", stored.remove("medal"))));
        AchievementUnlocked event = (AchievementUnlocked)
                ExampleEvents.of(AchievementUnlocked.class).getFirst();
        ObjectNode first = stored(event);
        ObjectNode second = first.deepCopy().set("medal", first.get("achievement"));
        second.remove("achievement");

        assertThat(shape.read(1, first)).isEqualTo(event);
        assertThat(shape.read(2, second)).isEqualTo(event);
        assertThat(shape.read(3, StoredJson.read(StoredJson.write(out -> shape.write(event, out)))))
                .isEqualTo(event);
    }

    private static ObjectNode stored(Object event) {
        return StoredJson.read(
                StoredJson.write(out -> CATALOG.shapeOf(event.getClass()).write(event, out)));
    }

    private static Object throughBytes(EventType type, Object event) {
        Shape<?> shape = requireNonNull(CATALOG.shape(type.number()));
        return shape.read(type.revision(), StoredJson.read(StoredJson.write(out -> shape.write(event, out))));
    }
}
