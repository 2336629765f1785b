package io.gamemetrics.queryside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.privacy.ReadAudit;
import io.gamemetrics.infrastructure.privacy.VaultReader;
import io.gamemetrics.infrastructure.web.ApiKeyIdentity;
import io.gamemetrics.infrastructure.web.ApiKeys;
import io.gamemetrics.infrastructure.web.LocalTokens;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardChanges;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsReader;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.livetailstore.LiveTailStore;
import io.gamemetrics.projections.metricsstore.MetricsChanges;
import io.gamemetrics.projections.playersstore.Name;
import io.gamemetrics.projections.playersstore.PlayersReader;
import io.gamemetrics.projections.playersstore.Profile;
import io.gamemetrics.projections.recommendationsstore.RecommendationsReader;
import io.gamemetrics.projections.recommendationsstore.vectors.LuceneVectors;
import io.gamemetrics.queryside.game.GameNumbers;
import io.gamemetrics.queryside.game.KnownGames;
import io.gamemetrics.queryside.game.PositionWait;
import io.gamemetrics.queryside.game.ReadModel;
import io.gamemetrics.queryside.leaderboard.LeaderboardFeed;
import io.gamemetrics.queryside.livetail.LiveTailFeed;
import io.gamemetrics.queryside.metrics.MetricsFeed;
import io.gamemetrics.queryside.subscriptions.FanOut;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service over {@link FixedNumbers}, on a port of its own, and how to ask it. */
final class QueryService implements AutoCloseable {

    static final String READ_KEY = "gmk_read_r1_x";
    static final String INGEST_KEY = "gmk_ingest_i1_x";

    /** What keys open; a test may revoke one that is its own. */
    static final Map<String, Role> KEYS = new ConcurrentHashMap<>(Map.of(READ_KEY, Role.READ, INGEST_KEY, Role.INGEST));

    static final int PARTITIONS = 2;

    /** By number. */
    static final Map<String, Integer> GAMES = Map.of("intendo", 1, "other", 2);

    static final UUID PLAYER = UUID.randomUUID();

    private static final String SECRET = LocalTokens.newSecret();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServletWebServerApplicationContext context;
    private final ObjectProvider<FixedNumbers> numbers;

    private QueryService(ServletWebServerApplicationContext context) {
        this.context = context;
        this.numbers = context.getBeanProvider(FixedNumbers.class);
    }

    FixedNumbers numbers() {
        return numbers.getObject();
    }

    /** What its queries wait for. */
    List<ReadModel> readModels() {
        return context.getBean(PositionWait.class).models();
    }

    /** How many follow some game's events. */
    int followers() {
        return context.getBean(LiveTailFeed.class).subscribers();
    }

    /** The service over real stores in this database. */
    static QueryService startOn(String database, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("gamemetrics.timescale.url", database);
        all.putIfAbsent("gamemetrics.vault.url", database);
        all.putIfAbsent("gamemetrics.redis.url", "redis://127.0.0.1:1");
        all.putIfAbsent("gamemetrics.key-dir", "target/no-keys");
        return new QueryService(QuerySide.start(withDefaults(all)));
    }

    static QueryService start(Map<String, String> properties) {
        return new QueryService(QuerySide.start(Stores.class, withDefaults(properties)));
    }

    private static Map<String, String> withDefaults(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("server.port", "0");
        all.put("gamemetrics.local-token-secret", SECRET);
        return all;
    }

    @Configuration(proxyBeanMethods = false)
    static class Stores {

        @Bean
        FixedNumbers numbers() {
            return new FixedNumbers();
        }

        /** Unless a test says so nobody listens there. */
        @Bean
        LeaderboardsRedis leaderboardsRedis(@Value("${gamemetrics.redis.url:redis://127.0.0.1:1}") String url) {
            return LeaderboardsRedis.at(url);
        }

        @Bean
        LeaderboardsReader boards(LeaderboardsRedis redis) {
            return new LeaderboardsReader(redis);
        }

        @Bean
        LeaderboardFeed leaderboardFeed(LeaderboardsRedis redis, LeaderboardsReader boards, FanOut fanOut) {
            return new LeaderboardFeed(new LeaderboardChanges(redis), boards, () -> 1, fanOut);
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        /** A vault that knows one player, by the id {@code p-17}. */
        @Bean
        VaultReader vault() {
            return new VaultReader() {
                @Override
                public Optional<Pseudonym> find(GameId game, PlayerId player) {
                    return player.value().equals("p-17") ? Optional.of(new Pseudonym(PLAYER)) : Optional.empty();
                }

                @Override
                public Map<Pseudonym, Identity> identities(GameId game, Collection<Pseudonym> pseudonyms) {
                    return Map.of();
                }
            };
        }

        @Bean
        GameNumbers numbersOfGames() {
            return game ->
                    GAMES.containsKey(game.value()) ? OptionalInt.of(GAMES.get(game.value())) : OptionalInt.empty();
        }

        @Bean
        KnownGames knownGames() {
            return new KnownGames() {
                @Override
                public boolean knows(GameId game) {
                    return GAMES.containsKey(game.value());
                }

                @Override
                public Optional<LocalDate> openDay(GameId game) {
                    return Optional.of(FixedNumbers.DAY);
                }
            };
        }

        /** Nothing is asked of the servers before somebody subscribes. */
        @Bean
        LiveTailFeed liveTailFeed(FanOut fanOut, @Value("${gamemetrics.redis.url:redis://127.0.0.1:1}") String url) {
            return new LiveTailFeed(LiveTailStore.open(url).reader(PARTITIONS), fanOut);
        }

        @Bean
        MetricsFeed metricsFeed(
                FanOut fanOut, @Value("${gamemetrics.timescale.url:jdbc:postgresql://127.0.0.1:1/none}") String url) {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(url);
            return new MetricsFeed(new MetricsChanges(database, () -> 1, PARTITIONS), fanOut);
        }

        @Bean
        ReadAudit audit() {
            return (reader, game, field, read) -> {
                throw new AssertionError("nobody is known, so nothing can have been read");
            };
        }

        @Bean
        PlayersReader players() {
            return new PlayersReader() {
                @Override
                public Optional<Checkpoint> checkpoint() {
                    return Optional.of(new Checkpoint(new Position(7, 50), Instant.EPOCH, 1, 0, 0));
                }

                @Override
                public Optional<Profile> player(GameId game, Pseudonym player) {
                    return Optional.empty();
                }

                @Override
                public Map<Pseudonym, Name> names(GameId game, Collection<Pseudonym> players) {
                    return Map.of();
                }
            };
        }

        /** Nobody answers there: what needs tables and vectors is tested with them. */
        @Bean
        RecommendationsReader recommendations() {
            PGSimpleDataSource nowhere = new PGSimpleDataSource();
            nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");
            return RecommendationsReader.on(
                    nowhere, () -> 1, LuceneVectors.reading(Path.of("target/no-vectors")), PARTITIONS);
        }

        @Bean
        ApiKeys apiKeys() {
            return token -> Optional.ofNullable(KEYS.get(token))
                    .map(role -> new ApiKeyIdentity(new GameId("intendo"), "k", role));
        }
    }

    static String token(String game, Role... roles) {
        return tokenOf("somebody", game, roles);
    }

    static String tokenOf(String subject, String game, Role... roles) {
        return new LocalTokens(SECRET).mint(subject, Map.of(game, Set.of(roles)), Duration.ofHours(1));
    }

    int port() {
        return context.getWebServer().getPort();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String token, String body) throws IOException, InterruptedException {
        return send(to("/graphql")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Asks as an analyst of every game. */
    JsonNode ask(String query) throws IOException, InterruptedException {
        return ask(token("*", Role.ANALYST), query);
    }

    JsonNode ask(String token, String query) throws IOException, InterruptedException {
        return ask(token, query, Map.of());
    }

    JsonNode ask(String token, String query, Map<String, Object> variables) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                post(token, JSON.writeValueAsString(Map.of("query", query, "variables", variables)));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    static String code(JsonNode answer) {
        return answer.at("/errors/0/extensions/code").asText();
    }

    @Override
    public void close() {
        context.close();
    }
}
