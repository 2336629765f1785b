package io.gamemetrics.projections.service;

import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.projections.runtime.ErasureQuestions;
import io.gamemetrics.projections.runtime.ReplayControl;
import java.io.File;
import java.lang.management.ManagementFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Supervisors, for the wiring of a projection that can be rebuilt beside its live version to import. */
@Configuration(proxyBeanMethods = false)
@Import(ReadModelsWiring.class)
public class ReplaysWiring {

    @Bean
    ReplayControl replayControl(ReadModels readModels, PostgresVault vault) {
        ReplaysSchema.migrate(readModels.connections());
        ErasuresSchema.migrate(readModels.connections());
        return ReplayControl.on(
                        readModels.connections(),
                        ManagementFactory.getRuntimeMXBean().getName())
                .answering(new ErasureQuestions(
                        new ErasureOrders(readModels.connections()),
                        vault.requestSecrets()::needles,
                        vault.exportSecrets()::keep));
    }

    @Bean
    Supervisors supervisors(
            Runners runners,
            ReplayControl control,
            EventStore store,
            StreamSettings stream,
            @Value("${gamemetrics.data:.gamemetrics}") String data) {
        File folder = new File(data).getAbsoluteFile();
        return new Supervisors(runners, control, store, stream.partitions(), () -> freeBytes(folder));
    }

    /** Of the folder's disk; a folder that is not there yet lies where its parent does. */
    private static long freeBytes(File folder) {
        File existing = folder;
        while (!existing.exists() && existing.getParentFile() != null) {
            existing = existing.getParentFile();
        }
        return existing.getUsableSpace();
    }
}
