package io.gamemetrics.commandside.datasubject;

import java.time.Clock;

/** What exports are given out with. */
public final class DataExports {

    private DataExports() {}

    public static ExportDesk desk(PersonStores stores, RequestDesk desk, RequestViews views, Clock clock) {
        return new ExportDesk(desk, stores.vault(), new ExportArchive(new SubjectArchive(stores, views), clock));
    }
}
