package io.gamemetrics.queryside.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresReadAudit;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.PostgresVaultReader;
import io.gamemetrics.infrastructure.privacy.SealedName;
import io.gamemetrics.infrastructure.privacy.VaultUnavailableException;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.ApiKeyIdentity;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.playersstore.Name;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlayerDirectoryTest {

    private static final GameId GAME = new GameId("intendo");
    private static final GameId OTHER = new GameId("other");
    private static final HikariDataSource DATABASE = new HikariDataSource();
    private static final Set<Role> SEE_IDS = Set.of(Role.SUPPORT, Role.PRIVACY, Role.ADMIN);
    private static final Caller READ_KEY = new Caller(new ApiKeyIdentity(GAME, "k1", Role.READ));

    @TempDir
    static Path keys;

    private static PostgresVault vault;
    private static Pseudonym anna;
    private static Pseudonym bert;
    private static Map<Pseudonym, Name> names;

    private final PlayerDirectory directory = directory();

    @BeforeAll
    static void create() {
        DATABASE.setJdbcUrl(TestPostgres.newDatabase());
        vault = PostgresVault.open(DATABASE, KeyDirectory.at(keys));
        vault.gameNumber(OTHER);
        anna = made("anna@example.org");
        bert = made("bert");
        names = Map.of(anna, named(anna, "Änne"));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void emptyAudit() throws SQLException {
        execute("ALTER TABLE read_audit DISABLE TRIGGER append_only; DELETE FROM read_audit;"
                + " ALTER TABLE read_audit ENABLE TRIGGER append_only");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void people_see_ids_and_names_only_where_their_role_says_so_and_each_read_is_audited(Role role) throws Exception {
        for (String scope : Set.of(GAME.value(), Caller.EVERY_GAME)) {
            emptyAudit();
            Caller caller = new Caller("someone@studio", Map.of(scope, Set.of(role)));
            if (SEE_IDS.contains(role)) {
                assertThat(directory.find(caller, GAME, "bert")).contains(bert);
                assertThat(directory.find(caller, GAME, bert.toString())).isEmpty();
                assertThat(directory.ids(caller, GAME, List.of(anna, bert)))
                        .isEqualTo(Map.of(anna, "anna@example.org", bert, "bert"));
                assertThat(directory.displayNames(caller, GAME, List.of(anna, bert)))
                        .isEqualTo(Map.of(anna, "Änne"));
                assertThat(audited())
                        .containsExactly(
                                "someone@studio intendo LOOK_UP [" + bert + "]",
                                "someone@studio intendo PLAYER_ID " + sorted(anna, bert),
                                "someone@studio intendo DISPLAY_NAME [" + anna + "]");
            } else {
                assertThat(directory.find(caller, GAME, "bert")).isEmpty();
                assertThat(directory.find(caller, GAME, bert.toString())).contains(bert);
                assertThat(directory.ids(caller, GAME, List.of(anna, bert)))
                        .isEqualTo(Map.of(anna, anna.toString(), bert, bert.toString()));
                assertThat(directory.displayNames(caller, GAME, List.of(anna, bert)))
                        .isEmpty();
                assertThat(audited()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_role_in_another_game_shows_nothing_of_this_one(Role role) throws Exception {
        Caller caller = new Caller("someone@studio", Map.of(OTHER.value(), Set.of(role)));

        assertThat(directory.find(caller, GAME, "bert")).isEmpty();
        assertThat(directory.ids(caller, GAME, List.of(bert))).isEqualTo(Map.of(bert, bert.toString()));
        assertThat(directory.displayNames(caller, GAME, List.of(anna))).isEmpty();
        assertThat(directory.find(caller, OTHER, "bert")).isEmpty();
        assertThat(directory.ids(caller, OTHER, List.of(bert))).isEmpty();
        assertThat(audited()).isEmpty();
    }

    @Test
    void the_games_own_backend_sees_ids_and_names_and_leaves_no_trace_of_people() throws Exception {
        assertThat(directory.find(READ_KEY, GAME, "anna@example.org")).contains(anna);
        assertThat(directory.ids(READ_KEY, GAME, List.of(bert))).isEqualTo(Map.of(bert, "bert"));
        assertThat(directory.displayNames(READ_KEY, GAME, List.of(anna))).isEqualTo(Map.of(anna, "Änne"));
        assertThat(audited()).isEmpty();
        Caller ingest = new Caller(new ApiKeyIdentity(GAME, "k2", Role.INGEST));
        assertThat(directory.find(ingest, GAME, "bert")).isEmpty();
        assertThat(directory.displayNames(ingest, GAME, List.of(anna))).isEmpty();
    }

    @Test
    void what_can_be_nobodys_id_is_nobody() {
        Caller analyst = new Caller("a", Map.of("*", Set.of(Role.ANALYST)));
        for (String text :
                List.of("", " ", "x".repeat(129), "1-1-1-1-1", anna.toString().toUpperCase(Locale.ROOT), "\0")) {
            assertThat(directory.find(READ_KEY, GAME, text)).as(text).isEmpty();
            assertThat(directory.find(analyst, GAME, text)).as(text).isEmpty();
        }
        assertThat(directory.find(analyst, GAME, UUID.randomUUID().toString())).isEmpty();
        assertThat(vault.findSubjects(1, List.of(new PlayerId("x")))).isEmpty();
    }

    @Test
    void an_erased_player_is_absent_to_everyone() {
        Pseudonym carl = made("carl");
        Map<Pseudonym, Name> withCarl = new HashMap<>(names);
        withCarl.put(carl, named(carl, "Carl"));
        vault.destroy(carl.value());
        PlayerDirectory later = new PlayerDirectory(
                new PostgresVaultReader(DATABASE, KeyDirectory.at(keys)),
                new PostgresReadAudit(DATABASE),
                (game, players) -> withCarl);

        Caller analyst = new Caller("a", Map.of("*", Set.of(Role.ANALYST)));
        assertThat(later.find(READ_KEY, GAME, "carl")).isEmpty();
        assertThat(later.find(analyst, GAME, carl.toString())).isEmpty();
        assertThat(later.ids(analyst, GAME, List.of(carl, bert))).containsOnlyKeys(bert);
        assertThat(later.ids(READ_KEY, GAME, List.of(carl, bert))).containsOnlyKeys(bert);
        assertThat(later.displayNames(READ_KEY, GAME, List.of(carl, anna))).containsOnlyKeys(anna);
    }

    @Test
    void a_name_a_linked_guest_gave_opens_with_the_guests_key() {
        Map<Pseudonym, Name> ofGuest = Map.of(bert, named(anna, "Änne"));
        PlayerDirectory linked = new PlayerDirectory(
                new PostgresVaultReader(DATABASE, KeyDirectory.at(keys)),
                new PostgresReadAudit(DATABASE),
                (game, players) -> ofGuest);

        assertThat(linked.displayNames(READ_KEY, GAME, List.of(bert))).isEqualTo(Map.of(bert, "Änne"));
    }

    @Test
    void without_an_audit_nothing_is_told() throws Exception {
        Caller support = new Caller("someone@studio", Map.of("*", Set.of(Role.SUPPORT)));
        execute("ALTER TABLE read_audit ADD CONSTRAINT broken CHECK (false)");
        try {
            assertThatThrownBy(() -> directory.find(support, GAME, "bert"))
                    .isInstanceOf(VaultUnavailableException.class);
            assertThatThrownBy(() -> directory.ids(support, GAME, List.of(bert)))
                    .isInstanceOf(VaultUnavailableException.class);
            assertThatThrownBy(() -> directory.displayNames(support, GAME, List.of(anna)))
                    .isInstanceOf(VaultUnavailableException.class);
        } finally {
            execute("ALTER TABLE read_audit DROP CONSTRAINT broken");
        }
        Caller nobody = new Caller("", Map.of("*", Set.of(Role.SUPPORT)));
        assertThatThrownBy(() -> directory.ids(nobody, GAME, List.of(bert))).isInstanceOf(QueryRefused.class);
    }

    private static PlayerDirectory directory() {
        return new PlayerDirectory(
                new PostgresVaultReader(DATABASE, KeyDirectory.at(keys)),
                new PostgresReadAudit(DATABASE),
                (game, players) -> {
                    Map<Pseudonym, Name> found = new HashMap<>(names);
                    found.keySet().retainAll(players);
                    return found;
                });
    }

    private static Pseudonym made(String id) {
        PlayerId player = new PlayerId(id);
        return Objects.requireNonNull(
                        vault.subjects(vault.gameNumber(GAME), List.of(player)).get(player))
                .pseudonym();
    }

    private static Name named(Pseudonym player, String name) {
        return new Name(
                player,
                SealedName.seal(
                        Objects.requireNonNull(
                                vault.keys(List.of(player.value())).get(player.value())),
                        name));
    }

    private static List<String> audited() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var connection = DATABASE.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT reader, game, field, pseudonyms FROM read_audit ORDER BY number")) {
            while (row.next()) {
                UUID[] players = (UUID[]) row.getArray(4).getArray();
                Pseudonym[] pseudonyms =
                        List.of(players).stream().map(Pseudonym::new).toArray(Pseudonym[]::new);
                rows.add(row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " " + sorted(pseudonyms));
            }
        }
        return rows;
    }

    private static String sorted(Pseudonym... players) {
        return List.of(players).stream()
                .map(Pseudonym::toString)
                .sorted()
                .toList()
                .toString();
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = DATABASE.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
