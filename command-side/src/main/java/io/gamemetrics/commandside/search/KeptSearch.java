package io.gamemetrics.commandside.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gamemetrics.infrastructure.privacy.KeptRecords;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.readstore.Needles;
import java.util.Optional;

/** All that is kept of erased players, opened. What is found there of whom it is kept of is expected, and told apart. */
final class KeptSearch implements SearchedStore {

    static final String NAME = "kept-records";

    private final KeptRecords records;

    KeptSearch(PostgresVault vault) {
        this.records = vault.keptRecords();
    }

    static String place(Kept kept) {
        return kept.request() + "/" + kept.subject() + "/" + kept.kind();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void search(Needles needles, Places found) {
        for (Kept kept : records.all()) {
            records.ground(kept).ifPresent(ground -> found.look("ground", ground.getBytes(UTF_8)));
            Optional<byte[]> piece = records.piece(kept, 0);
            for (int number = 1; piece.isPresent(); number++) {
                found.look(place(kept), piece.get());
                piece = records.piece(kept, number);
            }
        }
    }
}
