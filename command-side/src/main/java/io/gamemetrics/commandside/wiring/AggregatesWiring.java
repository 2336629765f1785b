package io.gamemetrics.commandside.wiring;

import io.gamemetrics.commandside.game.GameCommands;
import io.gamemetrics.commandside.game.GameKeys;
import io.gamemetrics.commandside.game.GameViews;
import io.gamemetrics.commandside.game.KeyUses;
import io.gamemetrics.commandside.ingestion.EventIntake;
import io.gamemetrics.commandside.ingestion.LaneCommandBus;
import io.gamemetrics.commandside.ingestion.LaneSettings;
import io.gamemetrics.commandside.ingestion.PlayerCommands;
import io.gamemetrics.commandside.ingestion.RejectedExpiry;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.Vault;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who decides: stock Axon for games, lanes for players. */
@Configuration(proxyBeanMethods = false)
public class AggregatesWiring {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    GameCommands gameCommands(EventStore store, EventCodec codec) {
        return new GameCommands(store, codec);
    }

    @Bean
    GameViews gameViews(EventStore store, EventCodec codec, Vault vault) {
        return new GameViews(store, codec, vault);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    KeyUses keyUses(EventStore store) {
        return new KeyUses(store, KeyUses.PERIOD);
    }

    @Bean
    GameKeys gameKeys(GameViews views, KeyUses uses, Clock clock) {
        return new GameKeys(views, uses, clock);
    }

    /** Closed before the store and after the web server: what was taken is still decided and stored. */
    @Bean(destroyMethod = "close")
    LaneCommandBus laneCommandBus(EventStore store, EventCodec codec, Vault vault) {
        return new LaneCommandBus(store, codec, vault, LaneSettings.DEFAULT);
    }

    @Bean
    PlayerCommands playerCommands(LaneCommandBus bus) {
        return new PlayerCommands(bus);
    }

    @Bean
    RejectedLog rejectedLog(EventStore store, Vault vault) {
        return new RejectedLog(store, vault);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    RejectedExpiry rejectedExpiry(EventStore store, Clock clock) {
        return new RejectedExpiry(store.rejectedEvents(), clock, RejectedExpiry.PERIOD);
    }

    @Bean
    EventIntake eventIntake(
            LaneCommandBus bus, GameViews games, Vault vault, EventStore store, RejectedLog rejectedLog, Clock clock) {
        return new EventIntake(bus, games, vault, store, rejectedLog, clock);
    }
}
