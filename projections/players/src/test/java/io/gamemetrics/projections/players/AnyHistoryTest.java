package io.gamemetrics.projections.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.PostgresScan;
import io.gamemetrics.infrastructure.testkit.PlantedControls;
import io.gamemetrics.projections.playersstore.Name;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.projections.playersstore.PlayersWriter;
import io.gamemetrics.projections.playersstore.Profile;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.money.Revenue;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AnyHistoryTest {

    @Test
    void any_history_gives_the_oracles_profiles_whatever_the_order_of_arrival() throws SQLException {
        histories(new Random().nextLong(), 20);
    }

    @Test
    @Tag("faults")
    void many_histories_give_the_oracles_profiles() throws SQLException {
        histories(new Random().nextLong(), 1_000);
    }

    private static void histories(long seed, int count) throws SQLException {
        Random seeds = new Random(seed);
        try (Fed fed = new Fed(History.PARTITIONS)) {
            for (int history = 0; history < count; history++) {
                check(fed, seeds.nextLong());
                fed.empty();
            }
        }
    }

    private static void check(Fed fed, long seed) {
        History history = new History(seed, fed, 120);
        history.write();
        Oracle oracle = new Oracle(history);
        Map<Pseudonym, Name> names = fed.reader.names(
                History.ID,
                IntStream.range(0, History.PLAYERS).mapToObj(Fed::pseudonym).toList());
        for (int player = 0; player < History.PLAYERS; player++) {
            int person = oracle.personOf(player);
            Optional<Profile> found = fed.reader.player(History.ID, Fed.pseudonym(player));
            if (history.facts.stream().noneMatch(fact -> oracle.personOf(fact.player()) == person)) {
                assertThat(found).isEmpty();
                continue;
            }
            assertThat(found).as("seed %s, player %s", seed, player).isPresent();
            Profile profile = found.orElseThrow();
            assertThat(profile.person()).isEqualTo(Fed.pseudonym(person));
            assertThat(text(profile, names.get(Fed.pseudonym(player))))
                    .as("seed %s, player %s", seed, player)
                    .isEqualTo(oracle.profile(person));
        }
    }

    @Test
    void of_two_words_at_one_place_of_two_streams_the_greater_counts_whoever_said_it() {
        for (List<String> said : List.of(List.of("friend", "google"), List.of("google", "friend"))) {
            try (Fed fed = new Fed(1)) {
                Instant at = Instant.parse("2026-03-20T12:00:00Z");
                EventHeader header = new EventHeader(new EventId("e"), at, null, Dimensions.NONE, false);
                Currency usd = Currency.getInstance("USD");
                GameCreated created =
                        new GameCreated(History.ID, "R", ZoneOffset.UTC, usd, ActiveBy.ANY_EVENT, Stage.TEST, at);
                fed.flush(
                        0,
                        List.of(
                                fed.place(created, new UUID(0, 0), -1),
                                fed.place(new PlayerRegistered(header, "A", said.getFirst()), Fed.stream(1), 1),
                                fed.place(new PlayerRegistered(header, "B", said.getLast()), Fed.stream(2), 2),
                                fed.place(new LinkedToPlayer(header, Fed.pseudonym(2)), Fed.stream(1), 1)));

                Profile person = fed.reader.player(History.ID, Fed.pseudonym(1)).orElseThrow();
                assertThat(person.acquisition()).isEqualTo("google");
                assertThat(fed.reader.names(History.ID, List.of(Fed.pseudonym(2))))
                        .hasEntrySatisfying(Fed.pseudonym(2), name -> assertThat(opened(name))
                                .as("names can't be compared: the first player's")
                                .isEqualTo("1:A"));
            }
        }
    }

    @Test
    void nobody_is_nobody() {
        try (Fed fed = new Fed(History.PARTITIONS)) {
            History history = new History(1, fed, 60);
            assertThat(fed.reader.position()).isEmpty();
            history.write();

            Pseudonym known = Fed.pseudonym(0);
            assertThat(fed.reader.player(History.ID, known)).isPresent();
            assertThat(fed.reader.player(new GameId("other"), known)).isEmpty();
            assertThat(fed.reader.names(new GameId("other"), List.of(known))).isEmpty();
            Pseudonym nobody = new Pseudonym(UUID.randomUUID());
            assertThat(fed.reader.player(History.ID, nobody)).isEmpty();
            assertThat(fed.reader.names(History.ID, List.of(nobody))).isEmpty();
            assertThat(fed.reader.position()).isPresent();
        }
    }

    @Test
    void a_purged_player_is_gone_from_every_value_and_the_others_stay() {
        try (Fed fed = new Fed(History.PARTITIONS)) {
            History history = new History(3, fed, 200);
            history.write();
            assertThat(history.personOf).as("a person of two players").isNotEmpty();
            int person = history.personOf.values().iterator().next();
            List<Integer> others = IntStream.range(0, History.PLAYERS)
                    .filter(player -> player != person && history.personOf.getOrDefault(player, -1) != person)
                    .boxed()
                    .toList();
            List<Object> before = others.stream()
                    .<Object>map(player -> fed.reader.player(History.ID, Fed.pseudonym(player)))
                    .toList();
            PlayersWriter writer = new PlayersWriter(fed.database);
            List<Pseudonym> them = List.of(Fed.pseudonym(person));
            Needles needles = Needles.of(List.of(Fed.stream(person).toString()));
            assertThat(writer.scan(needles).stream().map(Hit::place))
                    .as("the scan finds what is there, in plain and in binary columns")
                    .contains("player.player", "player.person", "player.name", "money.player");
            assertThat(writer.held(them)).containsEntry("player", 1L).containsKeys("money", "player.person");

            fed.flush(0, List.of(fed.place(new PlayerEvent.Erased(Instant.EPOCH), Fed.stream(person), person)));

            assertThat(writer.scan(needles)).isEmpty();
            assertThat(writer.held(them)).isEmpty();
            assertThat(fed.reader.player(History.ID, Fed.pseudonym(person))).isEmpty();
            assertThat(others.stream()
                            .<Object>map(player -> fed.reader.player(History.ID, Fed.pseudonym(player)))
                            .toList())
                    .isEqualTo(before);
        }
    }

    @Test
    void a_control_is_found_in_every_column() throws SQLException {
        try (Fed fed = new Fed(History.PARTITIONS);
                Connection connection = fed.database.getConnection()) {
            int columns = PlantedControls.inEveryColumn(
                    connection, PlayersSchema.NAME, (planted, table, column, control) -> assertThat(
                                    new PostgresScan(PlayersSchema.NAME).scan(planted, Needles.of(List.of(control))))
                            .containsExactly(new Hit(PlayersSchema.NAME, table + "." + column, 0, 1)));
            assertThat(columns).isGreaterThan(10);
        }
    }

    private static String text(Profile p, @Nullable Name name) {
        Revenue revenue = p.revenue();
        return "first " + p.firstDay()
                + " last " + p.lastSeen()
                + " sessions " + p.sessions()
                + " seconds " + p.sessionSeconds()
                + " mean " + p.meanSessionSeconds()
                + " purchases " + p.purchases()
                + " achievements " + p.achievements()
                + " revenue " + revenue.totalMicros() + " " + revenue.iapMicros() + " " + revenue.adMicros() + " "
                + revenue.refundMicros()
                + " of " + amounts(revenue.byCurrency())
                + " without " + amounts(revenue.unconverted())
                + " from " + p.acquisition()
                + " on " + p.platform()
                + " " + p.country()
                + " " + p.appVersion()
                + " named " + (name == null ? null : opened(name));
    }

    private static String amounts(List<Revenue.InCurrency> amounts) {
        return amounts.stream()
                .map(a -> a.currency() + "=" + a.iapMicros() + "," + a.adMicros() + "," + a.refundMicros())
                .collect(Collectors.joining(" "));
    }

    private static String opened(Name name) {
        String text = new String(name.sealed(), StandardCharsets.UTF_8);
        assertThat(text).startsWith(name.owner() + ":");
        return name.owner().value().getLeastSignificantBits() + text.substring(36);
    }
}
