package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.ingestion.PlayerCommands;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.replays.Versions;
import java.time.Clock;
import javax.sql.DataSource;

/** What exports are given out with. */
public final class DataExports {

    private DataExports() {}

    /** @param readModels where versions are known; it need not answer yet */
    public static ExportDesk desk(
            DataSource readModels,
            RequestDesk desk,
            RequestViews views,
            PlayerCommands players,
            RejectedLog rejectedLog,
            PostgresVault vault,
            EventStore store,
            EventCodec codec,
            Clock clock) {
        SubjectArchive subjects = new SubjectArchive(
                vault,
                new Persons(vault, store, codec, players),
                new PersonEvents(store, codec),
                new RefusedOfPersons(rejectedLog),
                new RequestsAbout(vault.requestSecrets(), views),
                new Versions(readModels));
        return new ExportDesk(desk, vault, new ExportArchive(subjects, clock));
    }
}
