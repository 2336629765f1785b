package io.gamemetrics.projections.players;

import io.gamemetrics.infrastructure.privacy.DataKey;
import io.gamemetrics.infrastructure.privacy.SealedName;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.projections.runtime.ProjectionSupervisor;
import io.gamemetrics.projections.service.ReadModels;
import io.gamemetrics.projections.service.ReplaysWiring;
import io.gamemetrics.projections.service.Supervisors;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The players projection and its tables. */
@Configuration(proxyBeanMethods = false)
@Import(ReplaysWiring.class)
public class PlayersWiring {

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionSupervisor playersSupervisor(ReadModels readModels, Supervisors supervisors, Vault vault) {
        return supervisors.of(new PlayersVersions(readModels.connections(), seal(vault)));
    }

    /** The event was decrypted with the same key a moment ago: it is on lease. */
    private static NameSeal seal(Vault vault) {
        return (player, name) -> {
            DataKey key = vault.keys(List.of(player)).get(player);
            return key == null ? null : SealedName.seal(key, name);
        };
    }
}
