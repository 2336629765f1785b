package io.gamemetrics.queryside;

import io.gamemetrics.infrastructure.privacy.ReadAudit;
import io.gamemetrics.infrastructure.privacy.SubjectRequestsReader;
import io.gamemetrics.infrastructure.privacy.VaultReader;
import io.gamemetrics.infrastructure.replays.Standings;
import io.gamemetrics.infrastructure.web.ApiKeyIdentity;
import io.gamemetrics.infrastructure.web.ApiKeys;
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
import io.gamemetrics.queryside.leaderboard.LeaderboardFeed;
import io.gamemetrics.queryside.livetail.LiveTailFeed;
import io.gamemetrics.queryside.metrics.MetricsFeed;
import io.gamemetrics.queryside.replay.ReplayFeed;
import io.gamemetrics.queryside.subscriptions.FanOut;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The stores of {@link QueryService} where a test needs no real ones: {@link FixedNumbers}, and little besides. */
@Configuration(proxyBeanMethods = false)
class FixedStores {

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
                return player.value().equals("p-17")
                        ? Optional.of(new Pseudonym(QueryService.PLAYER))
                        : Optional.empty();
            }

            @Override
            public Map<Pseudonym, Identity> identities(GameId game, Collection<Pseudonym> pseudonyms) {
                return Map.of();
            }
        };
    }

    @Bean
    GameNumbers numbersOfGames() {
        return game -> QueryService.GAMES.containsKey(game.value())
                ? OptionalInt.of(QueryService.GAMES.get(game.value()))
                : OptionalInt.empty();
    }

    @Bean
    KnownGames knownGames() {
        return new KnownGames() {
            @Override
            public boolean knows(GameId game) {
                return QueryService.GAMES.containsKey(game.value());
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
        return new LiveTailFeed(LiveTailStore.open(url).reader(QueryService.PARTITIONS), fanOut);
    }

    @Bean
    MetricsFeed metricsFeed(
            FanOut fanOut, @Value("${gamemetrics.timescale.url:jdbc:postgresql://127.0.0.1:1/none}") String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        return new MetricsFeed(new MetricsChanges(database, () -> 1, QueryService.PARTITIONS), fanOut);
    }

    /** Nobody answers there: replays are tested with their tables. */
    @Bean
    Standings standings() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");
        return new Standings(nowhere);
    }

    /** Nobody answers there either: requests are tested with a vault. */
    @Bean
    SubjectRequestsReader subjectRequestsReader() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");
        return new SubjectRequestsReader(nowhere);
    }

    @Bean
    ReplayFeed replayFeed(Standings standings, FanOut fanOut) {
        return new ReplayFeed(standings, fanOut);
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
                nowhere, () -> 1, LuceneVectors.reading(Path.of("target/no-vectors")), QueryService.PARTITIONS);
    }

    @Bean
    ApiKeys apiKeys() {
        return token -> Optional.ofNullable(QueryService.KEYS.get(token))
                .map(role -> new ApiKeyIdentity(new GameId("intendo"), "k", role));
    }
}
