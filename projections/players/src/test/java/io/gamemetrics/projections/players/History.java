package io.gamemetrics.projections.players;

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
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade.SettledRefund;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
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

    static final int PLAYERS = 7;
    static final GameId ID = new GameId("random");

    private static final Instant BEGINNING = Instant.parse("2026-03-20T00:00:00Z");
    private static final int DAYS = 20;
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "+05:30:15");
    private static final List<String> CURRENCIES = List.of("USD", "EUR", "JPY");

    final List<Fact> facts = new ArrayList<>();
    final Map<Integer, Integer> personOf = new HashMap<>();
    final Map<String, NavigableMap<LocalDate, BigDecimal>> rates = new HashMap<>();
    ZoneId zone;
    String currency;
    boolean anyEvent;

    final List<List<Placed>> byPartition = new ArrayList<>();
    private final Random random;
    private final Fed fed;
    private final int game;
    private final GameId id;
    private final Map<String, Integer> arrived = new HashMap<>();
    private long ids;

    /** Something a sender will send; a pair shares a key. */
    private record Sent(int player, String type, Instant at, String key, long amount) {}

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
        for (int partition = 0; partition < PARTITIONS; partition++) {
            byPartition.add(new ArrayList<>());
        }
        this.zone = ZoneId.of(any(ZONES));
        this.currency = any(CURRENCIES);
        this.anyEvent = random.nextBoolean();
        Currency first = Currency.getInstance(currency);
        configuration(new GameCreated(id, "Random", zone, first, by(), Stage.TEST, BEGINNING));
        List<Sent> sent = new ArrayList<>();
        for (int event = 0; event < size; event++) {
            send(sent, "k" + event);
        }
        for (int guest = 0; guest < PLAYERS; guest++) {
            // Players 2 and 5 are whom others are linked to: no chains.
            int person = guest - guest % 3 + 2;
            if (guest < person && person < PLAYERS && random.nextBoolean()) {
                sent.add(new Sent(person, "link", any(), "g" + guest, guest));
            }
        }
        Collections.shuffle(sent, random);
        for (int place = 0; place < sent.size(); place++) {
            if (place % 15 == 7) {
                rate();
            }
            if (place == size / 2 && random.nextInt(3) > 0) {
                zone = ZoneId.of(any(ZONES));
                currency = any(CURRENCIES);
                anyEvent = random.nextBoolean();
                configuration(new GameChanged(id, "R", zone, Currency.getInstance(currency), by(), BEGINNING));
            }
            arrive(sent.get(place));
        }
    }

    /** Writes it, the partitions at their own paces in batches of any size. */
    void write() {
        List<Integer> written = new ArrayList<>(Collections.nCopies(PARTITIONS, 0));
        int left = byPartition.stream().mapToInt(List::size).sum();
        while (left > 0) {
            int partition = random.nextInt(PARTITIONS);
            List<Placed> all = byPartition.get(partition);
            int from = written.get(partition);
            int to = Math.min(all.size(), from + 1 + random.nextInt(40));
            if (from < to) {
                fed.flush(partition, all.subList(from, to));
                written.set(partition, to);
                left -= to - from;
            }
        }
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

    /** Often one of three moments on days' borders, the last of them later than all else: many things happen at once. */
    private Instant any() {
        return random.nextInt(3) == 0
                ? BEGINNING.plusSeconds(random.nextInt(3) * (DAYS * 43_200L))
                : BEGINNING.plusMillis((long) (random.nextDouble() * DAYS * 86_400_000L));
    }

    private void send(List<Sent> sent, String key) {
        int player = random.nextInt(PLAYERS);
        Instant at = any();
        long amount = random.nextInt(6) == 0 ? 0 : random.nextInt(5_000_000);
        String type = any(List.of("session", "session", "purchase", "refunded", "ad", "registered", "achieved"));
        switch (type) {
            case "session" -> {
                sent.add(new Sent(player, "started", at, key, amount));
                if (random.nextInt(4) > 0) {
                    sent.add(new Sent(player, "ended", at.plusMillis(amount), key, amount));
                }
            }
            case "refunded" -> {
                if (random.nextInt(5) > 0) {
                    sent.add(new Sent(player, "purchase", at, key, amount));
                }
                sent.add(new Sent(player, "refunded", at.plusSeconds(random.nextInt(400_000)), key, amount / 2));
            }
            default -> sent.add(new Sent(player, type, at, key, amount));
        }
    }

    private void rate() {
        String of = any(CURRENCIES);
        LocalDate day = LocalDate.parse("2026-03-18").plusDays(random.nextInt(DAYS));
        BigDecimal rate = new BigDecimal("0." + (1000 + random.nextInt(9000)) + "37");
        rates.computeIfAbsent(of, key -> new TreeMap<>()).put(day, rate);
        configuration(new ExchangeRatesSet(id, day, Map.of(Currency.getInstance(of), rate), BEGINNING));
    }

    private void configuration(Object event) {
        Placed placed = fed.place(game, event, new UUID(0, 0), -1);
        byPartition.forEach(partition -> partition.add(placed));
    }

    private void arrive(Sent sent) {
        Dimensions dimensions = new Dimensions(maybe("ios", "android"), maybe("SE", "JP"), maybe("1", "2"), Map.of());
        EventHeader header = new EventHeader(new EventId("e" + ids++), sent.at, null, dimensions, false);
        String name = maybe("Änne", "Bo", "C");
        String acquisition = maybe("google", "friend");
        String of = CURRENCIES.get(Math.floorMod(sent.key.hashCode(), 3));
        Money money = new Money(Currency.getInstance(of), sent.amount);
        Integer partner = arrived.get(partnerOf(sent.type) + sent.key);
        Fact partnerFact = partner == null ? null : facts.get(partner);
        boolean registered = sent.type.equals("registered");
        Fact fact = new Fact(
                sent.player,
                fed.nextSequence(Fed.stream(game, sent.player)),
                sent.at,
                sent.type,
                dimensions,
                null,
                sent.type.equals("purchase") || sent.type.equals("ad") ? sent.amount : null,
                of,
                registered ? name : null,
                registered ? acquisition : null);
        PlayerEvent event =
                switch (sent.type) {
                    case "started" -> {
                        fact = partnerFact == null ? fact : fact.withLength(sent.amount);
                        yield new SessionStarted(header, fact.length());
                    }
                    case "ended" -> {
                        if (partner != null && partnerFact != null) {
                            facts.set(partner, partnerFact.withLength(sent.amount));
                        }
                        yield new SessionEnded(
                                header,
                                sent.amount,
                                partnerFact == null
                                        ? null
                                        : new SessionEnded.KnownStart(
                                                partnerFact.sequence(), partnerFact.at(), sent.amount));
                    }
                    case "purchase" -> {
                        List<SettledRefund> settles = new ArrayList<>();
                        if (partner != null && partnerFact != null) {
                            facts.set(partner, partnerFact.withMicros(sent.amount / 2));
                            settles.add(new SettledRefund(
                                    new EventId("r"), partnerFact.sequence(), partnerFact.at(), sent.amount / 2));
                        }
                        yield new PurchaseMade(header, "item", "iap", money, settles);
                    }
                    case "refunded" -> {
                        fact = partnerFact == null ? fact : fact.withMicros(sent.amount);
                        yield new PurchaseRefunded(
                                header,
                                new EventId("p"),
                                null,
                                partnerFact == null ? null : new PurchaseRefunded.Settlement("item", "iap", money));
                    }
                    case "ad" -> new AdViewed(header, "network", "place", sent.amount == 0 ? null : money);
                    case "registered" -> new PlayerRegistered(header, name, acquisition);
                    case "achieved" -> new AchievementUnlocked(header, "a");
                    case "link" -> new PlayerLinked(header, new Pseudonym(Fed.stream(game, (int) sent.amount)));
                    default -> throw new IllegalStateException(sent.type);
                };
        arrived.put(sent.type + sent.key, facts.size());
        facts.add(fact);
        add(sent.player, event);
        if (event instanceof PlayerLinked) {
            int guest = (int) sent.amount;
            personOf.put(guest, sent.player);
            add(guest, new LinkedToPlayer(header, new Pseudonym(Fed.stream(game, sent.player))));
        }
    }

    private static String partnerOf(String type) {
        return switch (type) {
            case "started" -> "ended";
            case "ended" -> "started";
            case "purchase" -> "refunded";
            case "refunded" -> "purchase";
            default -> "none";
        };
    }

    private void add(int player, PlayerEvent event) {
        byPartition.get(player % PARTITIONS).add(fed.place(game, event, Fed.stream(game, player), player));
    }
}
