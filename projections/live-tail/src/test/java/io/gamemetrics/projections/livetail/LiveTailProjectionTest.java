package io.gamemetrics.projections.livetail;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.livetailstore.LiveEvent;
import io.gamemetrics.projections.livetailstore.LiveTailStore;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.projections.runtime.ProjectionContract;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErrorReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ProgressionMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveTailProjectionTest extends ProjectionContract {

    private static final LiveTailStore STORE = LiveTailStore.open(TestRedis.url());
    private static final String NEEDLE = "needle-anna-1987";
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final EventHeader HEADER = new EventHeader(
            new EventId("e-1"),
            AT,
            new SessionId(NEEDLE),
            new Dimensions("ios", "SE", "1.4.2", Map.of("gate", "gate_40")),
            false);

    @BeforeEach
    void empty() {
        STORE.cleaner().drop();
    }

    @AfterAll
    static void close() {
        STORE.close();
    }

    @Override
    protected Projection projection() {
        return new LiveTailProjection(STORE.writer());
    }

    @Override
    protected List<Object> events() {
        return List.of(new AchievementUnlocked(HEADER, "first-blood"), new AchievementUnlocked(HEADER, "second"));
    }

    @Override
    protected Object contents() {
        Checkpoint at = projection().checkpoint(0);
        return shown(at == null ? 77 : at.position().incarnation());
    }

    @Test
    void facts_are_shown_under_the_names_they_were_sent_with() {
        Money price = new Money(Currency.getInstance("USD"), 4_990_000);
        List<LiveEvent> shown = show(
                new PurchaseMade(HEADER, "gems5", "iap", price, List.of()),
                new ProgressionMade(HEADER, ProgressionMade.Status.FAIL, "w", "s", null, 7L));
        LiveEvent purchase = shown.getFirst();
        assertThat(purchase.type()).isEqualTo("purchase");
        assertThat(purchase.occurredAt()).isEqualTo(AT);
        assertThat(purchase.platform()).isEqualTo("ios");
        assertThat(purchase.experiments()).isEqualTo(Map.of("gate", "gate_40"));
        assertThat(purchase.facts())
                .isEqualTo(Map.of("itemId", "gems5", "itemType", "iap", "currency", "USD", "amountMicros", "4990000"));
        assertThat(shown.getLast().facts())
                .isEqualTo(Map.of("status", "fail", "world", "w", "stage", "s", "score", "7"));
    }

    @Test
    void nothing_personal_gets_into_the_store() {
        Pseudonym linked = new Pseudonym(UUID.randomUUID());
        show(
                new PlayerRegistered(HEADER, NEEDLE, "organic"),
                new ErrorReported(HEADER, "critical", NEEDLE),
                new CustomReported(HEADER, "planted:control", BigDecimal.ONE, Map.of("who", NEEDLE)),
                new PlayerLinked(HEADER, linked));
        assertThat(STORE.cleaner().scan(Needles.of(List.of("planted:control")))).hasSize(1);
        assertThat(STORE.cleaner().scan(Needles.of(List.of(NEEDLE, linked.toString()))))
                .isEmpty();
    }

    private List<LiveEvent> show(Object... events) {
        Projection.Batch batch = projection().begin(0);
        LiveTailHandlers handlers = (LiveTailHandlers) batch.handlers();
        for (int i = 0; i < events.length; i++) {
            EventPlace place = new EventPlace(new Position(1, i + 1), 1, UUID.randomUUID(), 0, i, AT);
            switch (events[i]) {
                case PurchaseMade event -> handlers.on(event, place);
                case ProgressionMade event -> handlers.on(event, place);
                case PlayerRegistered event -> handlers.on(event, place);
                case ErrorReported event -> handlers.on(event, place);
                case CustomReported event -> handlers.on(event, place);
                case PlayerLinked event -> handlers.on(event, place);
                default -> throw new IllegalArgumentException("not fed: " + events[i].getClass());
            }
        }
        batch.commit(null, new Checkpoint(new Position(1, events.length), AT, 1, 1, 1), List.of());
        return shown(1);
    }

    private static List<LiveEvent> shown(long incarnation) {
        return STORE.reader(1)
                .page(1, new Position(incarnation, 0), new Position(incarnation, 1_000), 1_000)
                .events();
    }
}
