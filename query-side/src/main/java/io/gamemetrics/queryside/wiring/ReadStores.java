package io.gamemetrics.queryside.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.web.ApiKeys;
import io.gamemetrics.projections.gamesstore.GamesReader;
import io.gamemetrics.projections.gamesstore.GamesStoreException;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.playersstore.PlayersReader;
import io.gamemetrics.queryside.game.GameNumbers;
import io.gamemetrics.queryside.game.KnownGames;
import io.gamemetrics.queryside.game.ModelState;
import io.gamemetrics.queryside.game.ModelStates;
import io.gamemetrics.queryside.game.ReadModel;
import io.gamemetrics.queryside.limits.QueryLimits;
import io.gamemetrics.queryside.versions.ActiveVersions;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The stores that are read. They need not answer when this service starts; until they do, health says so. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadStoreSettings.class)
@Import({VaultWiring.class, LeaderboardStores.class, LiveStores.class, RecommendationStores.class})
public class ReadStores {

    private static final GameId ANY_GAME = new GameId("any");
    private static final int CONNECTIONS = 16;
    private static final int IDLE_CONNECTIONS = 2;

    @Bean
    HikariDataSource readStore(ReadStoreSettings settings, QueryLimits limits) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("read-store");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setReadOnly(true);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(IDLE_CONNECTIONS);
        config.setConnectionTimeout(limits.timeLimit().toMillis());
        config.setInitializationFailTimeout(-1);
        // What nobody waits for any more must not go on working in the database.
        config.setConnectionInitSql(
                "SET statement_timeout = " + limits.timeLimit().toMillis());
        return new HikariDataSource(config);
    }

    /** As many checkpoints as the stream has partitions make up the numbers' position. */
    @Bean
    MetricsReader metricsReader(
            DataSource readStore, ActiveVersions versions, @Value("${gamemetrics.kafka.partitions:6}") int partitions) {
        return MetricsReader.on(readStore, versions.pinned("metrics"), partitions);
    }

    @Bean
    ActiveVersions activeVersions(DataSource readStore) {
        return new ActiveVersions(new Versions(readStore)::active);
    }

    @Bean
    GamesReader gamesReader(DataSource readStore) {
        return new GamesReader(readStore);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Remembers what it found: a game's number never changes. */
    @Bean
    GameNumbers gameNumbers(GamesReader games) {
        Map<GameId, OptionalInt> known = new ConcurrentHashMap<>();
        return game -> {
            OptionalInt number = known.getOrDefault(game, OptionalInt.empty());
            if (number.isEmpty()) {
                number = games.game(game)
                        .map(settings -> OptionalInt.of(settings.number()))
                        .orElse(OptionalInt.empty());
                number.ifPresent(found -> known.put(game, OptionalInt.of(found)));
            }
            return number;
        };
    }

    @Bean
    KnownGames knownGames(MetricsReader metrics, GamesReader games, Clock clock) {
        return new GamesOfModels(metrics, games, clock);
    }

    @Bean
    PlayersReader playersReader(
            DataSource readStore, ActiveVersions versions, @Value("${gamemetrics.kafka.partitions:6}") int partitions) {
        return PlayersReader.on(readStore, versions.pinned("players"), partitions);
    }

    @Bean
    ApiKeys apiKeys(GamesReader games, Clock clock) {
        return new KeysOfGames(games, clock);
    }

    /**
     * Ready when it can be asked who may see what: every query asks that first. A read model that is missing is named, and
     * takes its own fields away and nothing else.
     */
    @Bean
    HealthIndicator gamesHealthIndicator(GamesReader games) {
        return () -> {
            try {
                games.game(ANY_GAME);
                return Health.up().build();
            } catch (GamesStoreException e) {
                return Health.down().build();
            }
        };
    }

    @Bean
    CompositeHealthContributor readModelsHealthContributor(ModelStates states, List<ReadModel> models) {
        Map<String, HealthIndicator> indicators = new LinkedHashMap<>();
        models.forEach(model -> indicators.put(model.name(), () -> Health.status(
                        ModelHealth.of(states.all().getOrDefault(model.name(), new ModelState.Unavailable())))
                .build()));
        return CompositeHealthContributor.fromMap(indicators);
    }
}
