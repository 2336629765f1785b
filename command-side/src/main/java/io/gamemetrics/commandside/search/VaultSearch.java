package io.gamemetrics.commandside.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.readstore.Needles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The vault: all its tables as they are stored, and the id of everybody whose key still exists. */
final class VaultSearch implements SearchedStore {

    private static final int PAGE = 1_000;

    private final DatabaseSearch tables;
    private final DataSource database;
    private final Vault vault;

    VaultSearch(DatabaseSearch tables, Vault vault) {
        this.tables = tables;
        this.database = tables.database();
        this.vault = vault;
    }

    @Override
    public String name() {
        return tables.name();
    }

    @Override
    public void search(Needles needles, Places found) throws SQLException {
        tables.search(needles, found);
        List<UUID> page = streamsAfter(null);
        while (!page.isEmpty()) {
            vault.subjectsOf(page)
                    .values()
                    .forEach(subject -> found.look(
                            "subject.player_id opened",
                            subject.playerId().value().getBytes(UTF_8)));
            page = streamsAfter(page.getLast());
        }
    }

    private List<UUID> streamsAfter(@Nullable UUID after) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT pseudonym FROM subject"
                        + " WHERE (?::uuid IS NULL OR pseudonym > ?) ORDER BY pseudonym LIMIT ?")) {
            select.setObject(1, after);
            select.setObject(2, after);
            select.setInt(3, PAGE);
            List<UUID> streams = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    streams.add(rows.getObject(1, UUID.class));
                }
            }
            return streams;
        }
    }
}
