package io.gamemetrics.commandside.wiring;

import io.gamemetrics.commandside.datasubject.KeptDesk;
import io.gamemetrics.commandside.datasubject.KeptProcess;
import io.gamemetrics.commandside.datasubject.RequestCommands;
import io.gamemetrics.commandside.datasubject.RequestDesk;
import io.gamemetrics.commandside.datasubject.RequestViews;
import io.gamemetrics.commandside.datasubject.Standings;
import io.gamemetrics.commandside.game.GameViews;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Data subjects' requests: stock Axon, and the vault for what is personal of them. */
@Configuration(proxyBeanMethods = false)
public class DataSubjectsWiring {

    @Bean
    RequestCommands requestCommands(EventStore store, EventCodec codec, Standings standings) {
        return new RequestCommands(store, codec, standings);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Standings standings(RequestViews views, PostgresVault vault) {
        return new Standings(views, vault);
    }

    @Bean
    RequestViews requestViews(EventStore store, EventCodec codec) {
        return new RequestViews(store, codec);
    }

    @Bean
    RequestDesk requestDesk(
            GameViews games, RequestCommands commands, RequestViews views, PostgresVault vault, Clock clock) {
        return new RequestDesk(games, commands, views, vault, clock);
    }

    @Bean
    KeptDesk keptDesk(RequestDesk desk, PostgresVault vault) {
        return new KeptDesk(desk, vault);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    KeptProcess keptProcess(PostgresVault vault, RequestCommands commands, Clock clock) {
        return new KeptProcess(vault, commands, clock);
    }
}
