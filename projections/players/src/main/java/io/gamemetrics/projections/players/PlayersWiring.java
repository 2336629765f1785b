package io.gamemetrics.projections.players;

import io.gamemetrics.infrastructure.privacy.DataKey;
import io.gamemetrics.infrastructure.privacy.SealedName;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.projections.playersstore.PlayersWriter;
import io.gamemetrics.projections.runtime.ProjectionRunner;
import io.gamemetrics.projections.service.ReadModels;
import io.gamemetrics.projections.service.ReadModelsWiring;
import io.gamemetrics.projections.service.Runners;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The players projection and its tables. */
@Configuration(proxyBeanMethods = false)
@Import(ReadModelsWiring.class)
public class PlayersWiring {

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionRunner playersRunner(ReadModels readModels, Runners runners, Vault vault) {
        PlayersSchema.migrate(readModels.connections());
        PlayersWriter writer = new PlayersWriter(readModels.connections());
        return runners.of(new PlayersProjection(writer, seal(vault)));
    }

    /** The event was decrypted with the same key a moment ago: it is on lease. */
    private static NameSeal seal(Vault vault) {
        return (player, name) -> {
            DataKey key = vault.keys(List.of(player)).get(player);
            return key == null ? null : SealedName.seal(key, name);
        };
    }
}
