package io.gamemetrics.commandside.search;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredSnapshot;
import io.gamemetrics.infrastructure.readstore.Needles;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All snapshots: as they are stored, and opened where their key still exists. */
final class SnapshotsSearch implements SearchedStore {

    private static final int PAGE = 500;

    private final EventStore store;
    private final EventCodec codec;

    SnapshotsSearch(EventStore store, EventCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    @Override
    public String name() {
        return "snapshots";
    }

    @Override
    public void search(Needles needles, Places found) {
        @Nullable UUID after = null;
        List<StoredSnapshot> page = store.snapshotsAfter(after, PAGE);
        while (!page.isEmpty()) {
            for (StoredSnapshot one : page) {
                found.look("sealed", one.sealed());
                byte[] plain = codec.openSnapshot(one.stream(), one.sequence(), one.sealed());
                if (plain.length > 0) {
                    found.look("opened", plain);
                }
                after = one.stream();
            }
            page = store.snapshotsAfter(after, PAGE);
        }
    }
}
