package io.gamemetrics.queryside.wiring;

import io.gamemetrics.infrastructure.replays.Standings;
import io.gamemetrics.projections.livetailstore.LiveTailStore;
import io.gamemetrics.projections.metricsstore.MetricsChanges;
import io.gamemetrics.queryside.livetail.LiveTailFeed;
import io.gamemetrics.queryside.metrics.MetricsFeed;
import io.gamemetrics.queryside.replay.ReplayFeed;
import io.gamemetrics.queryside.subscriptions.FanOut;
import io.gamemetrics.queryside.versions.ActiveVersions;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where subscriptions hear of what changed. */
@Configuration(proxyBeanMethods = false)
class LiveStores {

    private static final int SILENCE_SECONDS = 10;

    /** On connections of its own, because one of them listens as long as somebody wants to hear. */
    @Bean(destroyMethod = "close")
    MetricsFeed metricsFeed(
            ReadStoreSettings settings,
            ActiveVersions versions,
            FanOut fanOut,
            @Value("${gamemetrics.kafka.partitions:6}") int partitions) {
        PGSimpleDataSource direct = new PGSimpleDataSource();
        direct.setUrl(settings.url());
        direct.setUser(settings.user());
        direct.setPassword(settings.password());
        // A database that fell silent keeps nobody waiting without a word.
        direct.setSocketTimeout(SILENCE_SECONDS);
        return new MetricsFeed(new MetricsChanges(direct, () -> versions.of("metrics"), partitions), fanOut);
    }

    @Bean
    Standings standings(DataSource readStore) {
        return new Standings(readStore);
    }

    @Bean(destroyMethod = "close")
    ReplayFeed replayFeed(Standings standings, FanOut fanOut) {
        return new ReplayFeed(standings, fanOut);
    }

    @Bean(destroyMethod = "close")
    LiveTailStore liveTailStore(@Value("${gamemetrics.redis.url}") String url) {
        return LiveTailStore.open(url);
    }

    @Bean(destroyMethod = "close")
    LiveTailFeed liveTailFeed(
            LiveTailStore store, FanOut fanOut, @Value("${gamemetrics.kafka.partitions:6}") int partitions) {
        return new LiveTailFeed(store.reader(partitions), fanOut);
    }
}
