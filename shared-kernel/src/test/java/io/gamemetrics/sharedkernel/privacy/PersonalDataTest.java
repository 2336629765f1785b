package io.gamemetrics.sharedkernel.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.datasubject.RequestEvent;
import io.gamemetrics.sharedkernel.erasure.ErasureEvent;
import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The map of personal data: what is marked, and that nothing marked ever prints itself. */
class PersonalDataTest {

    private static final String PLANTED = "anna-o-neil-1987";

    static Stream<Class<?>> events() {
        return Stream.of(GameEvent.class, ErasureEvent.class, PlayerEvent.class, RequestEvent.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()));
    }

    @Test
    void theMapNamesEveryPersonalField() {
        Set<String> map = new TreeSet<>();
        Stream.concat(events(), Stream.of(EventHeader.class)).forEach(event -> personal(event)
                .forEach(component -> map.add(event.getSimpleName() + "." + component.getName())));

        assertThat(map)
                .containsExactly(
                        "CustomReported.fields",
                        "ErrorReported.message",
                        "EventHeader.sessionId",
                        "ExecutionOrdered.by",
                        "IdentityConfirmed.by",
                        "LeaderboardBanned.by",
                        "LeaderboardBanned.reason",
                        "LeaderboardUnbanned.by",
                        "PlayerRegistered.displayName",
                        "RequestExtended.by",
                        "RequestHeld.by",
                        "RequestReceived.by",
                        "RequestRefused.by",
                        "RequestReleased.by");
    }

    @ParameterizedTest
    @MethodSource("events")
    void noEventPrintsWhatIsPersonal(Class<?> event) {
        assertThat(make(event).toString()).doesNotContain(PLANTED);
    }

    @Test
    void idsOfPeopleNeverPrintThemselves() {
        assertThat(List.of(new PlayerId(PLANTED), new SessionId(PLANTED)).toString())
                .doesNotContain(PLANTED);
    }

    @Test
    void aRecordThatPrintedItWouldBeFound() {
        assertThat(make(Careless.class).toString()).contains(PLANTED);
    }

    /** A record whose author forgot {@code toString}. */
    record Careless(@PersonalData String name) {}

    private static Stream<RecordComponent> personal(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(PersonalData.class));
    }

    private static Object make(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> value(component.getGenericType(), component.isAnnotationPresent(PersonalData.class)))
                .toArray();
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make a " + type.getName(), e);
        }
    }

    private static Object value(Type type, boolean personal) {
        if (type instanceof ParameterizedType generic) {
            boolean plantable = personal && generic.getRawType() == Map.class;
            return generic.getRawType() == List.class ? List.of() : plantable ? Map.of("name", PLANTED) : Map.of();
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        return switch (plain.getSimpleName()) {
            case "String" -> personal ? PLANTED : "x";
            case "Long", "long" -> 1L;
            case "Integer", "int" -> 1;
            case "boolean" -> true;
            case "BigDecimal" -> BigDecimal.ONE;
            case "Instant" -> Instant.EPOCH;
            case "LocalDate" -> LocalDate.EPOCH;
            case "ZoneId" -> ZoneId.of("UTC");
            case "Currency" -> Currency.getInstance("USD");
            case "UUID" -> new UUID(1, 1);
            case "EventId" -> new EventId("e");
            case "GameId" -> new GameId("g");
            case "PlayerId" -> new PlayerId(PLANTED);
            case "SessionId" -> new SessionId(PLANTED);
            default -> make(plain);
        };
    }
}
