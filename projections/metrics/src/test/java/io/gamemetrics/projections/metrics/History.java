package io.gamemetrics.projections.metrics;

import io.gamemetrics.projections.runtime.ManyGames;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.ExchangeRatesSet;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade.SettledRefund;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A random history in its order of arrival, decided as the aggregate would, and the same as facts for the oracle. */
final class History {

    static final int PARTITIONS = 3;

    /** Of {@link #many}. */
    static final int GAMES = 3;

    static final GameId ID = new GameId("random");
    static final Instant BEGINNING = Instant.parse("2026-03-20T00:00:00Z");
    static final int DAYS = 20;

    private static final List<String> ZONES = List.of(
            "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe");
    private static final Currency USD = Currency.getInstance("USD");

    final Random random;
    final int game;
    final GameId id;
    final List<Fact> facts = new ArrayList<>();
    final List<List<Placed>> byPartition = new ArrayList<>();
    final Map<String, NavigableMap<LocalDate, BigDecimal>> rates = new HashMap<>();
    ZoneId zone;
    boolean anyEvent;

    private final Fed fed;
    private final Map<String, Integer> arrived = new HashMap<>();
    private final Map<Integer, Integer> personOf = new HashMap<>();
    private long ids;

    /** Something a sender will send; a pair shares a key. */
    private record Sent(int player, String type, Instant at, Dimensions dimensions, String key, long amount) {}

    History(long seed, Fed fed, int size) {
        this(seed, fed, Fed.GAME, size);
    }

    /** Random histories of some games, each of that size. */
    static ManyGames many(long seed, Fed fed, int size) {
        Random random = new Random(seed);
        List<List<List<Placed>>> histories = new ArrayList<>();
        for (int game = 1; game <= GAMES; game++) {
            histories.add(new History(random.nextLong(), fed, game, size).byPartition);
        }
        return ManyGames.dealt(random, histories);
    }

    /** @param game its number; no two games share a stream */
    History(long seed, Fed fed, int game, int size) {
        this.random = new Random(seed);
        this.game = game;
        this.id = game == Fed.GAME ? ID : new GameId("random" + game);
        this.fed = fed;
        this.zone = ZoneId.of(any(ZONES));
        this.anyEvent = random.nextBoolean();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            byPartition.add(new ArrayList<>());
        }
        configuration(new GameCreated(id, "Random", zone, USD, by(), Stage.TEST, BEGINNING));
        List<Sent> sent = new ArrayList<>();
        for (int event = 0; event < size; event++) {
            sent.addAll(sent(event));
        }
        Collections.shuffle(sent, random);
        for (int place = 0; place < sent.size(); place++) {
            if (place % 40 == 20) {
                rate();
            }
            if (place == size / 2 && random.nextInt(3) == 0) {
                zone = ZoneId.of(any(ZONES));
                anyEvent = random.nextBoolean();
                configuration(new GameChanged(id, "Random", zone, USD, by(), BEGINNING));
            }
            if (random.nextInt(25) == 0) {
                link(sent.get(place).at);
            }
            arrive(sent.get(place));
        }
    }

    /** The facts, each with the person it counts for: whoever was linked was that person all along. */
    List<Fact> people() {
        return facts.stream()
                .map(fact -> fact.of(personOf.getOrDefault(fact.player(), fact.player())))
                .toList();
    }

    /** In the time zone it has in the end. */
    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** Who a player is in the end. */
    int personOf(int player) {
        return personOf.getOrDefault(player, player);
    }

    /** Both halves of a link, unless the aggregates would refuse it: nobody twice, no chains. */
    private void link(Instant at) {
        int guest = random.nextInt(7);
        int person = random.nextInt(9);
        if (guest == person
                || personOf.containsKey(guest)
                || personOf.containsKey(person)
                || personOf.containsValue(guest)) {
            return;
        }
        personOf.put(guest, person);
        EventHeader header = new EventHeader(new EventId("e" + ids++), at, null, dimensions(), false);
        UUID personStream = new UUID(game, person);
        UUID guestStream = new UUID(game, guest);
        facts.add(new Fact(
                person,
                person,
                fed.nextSequence(personStream),
                at,
                "player_linked",
                false,
                header.dimensions(),
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                null));
        add(fed.place(game, new PlayerLinked(header, new Pseudonym(guestStream)), personStream, person));
        add(fed.link(game, new LinkedToPlayer(header, new Pseudonym(personStream)), guestStream, guest, person));
    }

    private void add(Placed event) {
        int partition = Math.floorMod(event.place().stream().getLeastSignificantBits(), PARTITIONS);
        byPartition.get(partition).add(event);
    }

    private ActiveBy by() {
        return anyEvent ? ActiveBy.ANY_EVENT : ActiveBy.SESSION_START;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private @Nullable String maybe(String... of) {
        int which = random.nextInt(of.length + 1);
        return which == of.length ? null : of[which];
    }

    private Dimensions dimensions() {
        Map<String, String> experiments = new HashMap<>();
        if (random.nextBoolean()) {
            experiments.put("gate", random.nextBoolean() ? "a" : "b");
        }
        if (random.nextInt(3) == 0) {
            experiments.put("shop", "new");
        }
        return new Dimensions(maybe("ios", "android"), maybe("SE", "JP"), maybe("1.0"), experiments);
    }

    private List<Sent> sent(int key) {
        int player = random.nextInt(7);
        Instant at = BEGINNING.plusMillis((long) (random.nextDouble() * DAYS * 86_400_000L));
        if (random.nextInt(4) == 0) {
            at = BEGINNING.plusSeconds(random.nextInt(DAYS * 48) * 1_800L);
        }
        long amount = random.nextInt(8) == 0 ? 0 : random.nextInt(5_000_000);
        String type = any(List.of(
                "session",
                "session",
                "purchase",
                "refunded",
                "ad_viewed",
                "player_registered",
                "score_submitted",
                "custom",
                "lonely"));
        List<Sent> sent = new ArrayList<>();
        switch (type) {
            case "session" -> {
                sent.add(new Sent(player, "session_started", at, dimensions(), "s" + key, amount));
                if (random.nextInt(4) > 0) {
                    sent.add(new Sent(player, "session_ended", at.plusMillis(amount), dimensions(), "s" + key, amount));
                }
            }
            case "refunded" -> {
                if (random.nextInt(5) > 0) {
                    sent.add(new Sent(player, "purchase", at, dimensions(), "p" + key, amount));
                }
                Instant refunded = at.plusSeconds(random.nextInt(400_000));
                sent.add(new Sent(player, "purchase_refunded", refunded, dimensions(), "p" + key, amount / 2));
            }
            case "lonely" -> sent.add(new Sent(-1, "custom", at, dimensions(), "c" + key, amount));
            default -> sent.add(new Sent(player, type, at, dimensions(), "x" + key, amount));
        }
        return sent;
    }

    private void rate() {
        String currency = any(List.of("EUR", "JPY"));
        LocalDate day = LocalDate.parse("2026-03-18").plusDays(random.nextInt(DAYS));
        BigDecimal rate = new BigDecimal("0." + (1000 + random.nextInt(9000)) + "37");
        rates.computeIfAbsent(currency, key -> new TreeMap<>()).put(day, rate);
        configuration(new ExchangeRatesSet(id, day, Map.of(Currency.getInstance(currency), rate), BEGINNING));
    }

    private void configuration(Object event) {
        Placed placed = fed.place(game, event, new UUID(0, 0), -1);
        byPartition.forEach(partition -> partition.add(placed));
    }

    private void arrive(Sent sent) {
        EventHeader header = new EventHeader(new EventId("e" + ids++), sent.at, null, sent.dimensions, false);
        UUID stream = sent.player < 0 ? new UUID(900 + game, random.nextInt(4)) : new UUID(game, sent.player);
        long sequence = fed.nextSequence(stream);
        String currency = List.of("USD", "EUR", "JPY").get(Math.floorMod(sent.key.hashCode(), 3));
        String item = "item" + Math.floorMod(sent.key.hashCode(), 4);
        Money money = new Money(Currency.getInstance(currency), sent.amount);
        Integer other = arrived.get(partner(sent.type) + sent.key);
        Fact fact = new Fact(
                sent.player,
                sent.player,
                sequence,
                sent.at,
                sent.type,
                false,
                sent.dimensions,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                null);
        PlayerEvent event;
        switch (sent.type) {
            case "session_started" -> {
                event = new SessionStarted(header, other == null ? null : (Long) sent.amount);
                fact = of(fact, other == null ? null : (Long) sent.amount, null, null, null);
            }
            case "session_ended" -> {
                event = new SessionEnded(
                        header,
                        null,
                        other == null
                                ? null
                                : new SessionEnded.KnownStart(
                                        facts.get(other).sequence(),
                                        facts.get(other).at(),
                                        sent.amount));
                if (other != null) {
                    facts.set(other, of(facts.get(other), sent.amount, null, null, null));
                }
            }
            case "purchase" -> {
                List<SettledRefund> settles = new ArrayList<>();
                if (other != null) {
                    Fact refund = facts.get(other);
                    settles.add(new SettledRefund(new EventId("r"), refund.sequence(), refund.at(), sent.amount / 2));
                    facts.set(other, of(refund, null, sent.amount / 2, currency, item));
                }
                event = new PurchaseMade(header, item, "iap", money, settles);
                fact = of(fact, null, sent.amount, currency, item);
            }
            case "purchase_refunded" -> {
                event = new PurchaseRefunded(
                        header,
                        new EventId("p"),
                        null,
                        other == null ? null : new PurchaseRefunded.Settlement(item, "iap", money));
                fact = other == null ? fact : of(fact, null, sent.amount, currency, item);
            }
            case "ad_viewed" -> {
                event = new AdViewed(header, "net", "top", random.nextInt(4) == 0 ? null : money);
                fact = ((AdViewed) event).revenue() == null ? fact : of(fact, null, sent.amount, currency, null);
            }
            case "player_registered" -> {
                String from = maybe("google", "apple", "organic");
                event = new PlayerRegistered(header, null, from);
                fact = with(fact, sent.type, false, null, Map.of(), from);
            }
            case "score_submitted" -> {
                event = new ScoreSubmitted(header, "board", sent.amount);
                fact = with(fact, sent.type, false, BigDecimal.valueOf(sent.amount), Map.of(), null);
            }
            default -> {
                String name = any(List.of("level:up", "purchase", "open"));
                BigDecimal value =
                        random.nextBoolean() ? null : new BigDecimal("1.25").multiply(BigDecimal.valueOf(sent.amount));
                event = new CustomReported(header, name, value, Map.of("gold", 7.5, "note", "words"));
                fact = with(fact, name, true, value, Map.of("gold", new BigDecimal("7.5")), null);
            }
        }
        arrived.put(sent.type + sent.key, facts.size());
        facts.add(fact);
        add(fed.place(game, event, stream, sent.player));
    }

    private static String partner(String type) {
        return switch (type) {
            case "session_started" -> "session_ended";
            case "session_ended" -> "session_started";
            case "purchase" -> "purchase_refunded";
            case "purchase_refunded" -> "purchase";
            default -> "none";
        };
    }

    private static Fact of(
            Fact f, @Nullable Long length, @Nullable Long micros, @Nullable String currency, @Nullable String item) {
        return new Fact(
                f.player(),
                f.source(),
                f.sequence(),
                f.at(),
                f.type(),
                f.custom(),
                f.dimensions(),
                length,
                micros,
                currency,
                item,
                f.value(),
                f.fields(),
                f.acquisition());
    }

    private static Fact with(
            Fact f,
            String type,
            boolean custom,
            @Nullable BigDecimal value,
            Map<String, BigDecimal> fields,
            @Nullable String acquisition) {
        return new Fact(
                f.player(),
                f.source(),
                f.sequence(),
                f.at(),
                type,
                custom,
                f.dimensions(),
                null,
                null,
                null,
                null,
                value,
                fields,
                acquisition);
    }
}
