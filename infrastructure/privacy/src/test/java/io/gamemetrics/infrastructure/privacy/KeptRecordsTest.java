package io.gamemetrics.infrastructure.privacy;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRecordsTest {

    private static final HikariDataSource DATABASE = new HikariDataSource();
    private static final PlayerId ANNA = new PlayerId("anna@example.org");
    private static final PlayerId GUEST = new PlayerId("guest-7");
    private static final LocalDate LAST_DAY = LocalDate.of(2033, 12, 31);
    private static final Instant END = Instant.parse("2034-01-01T00:00:00Z");
    private static final byte[] FIRST = bytes("anna@example.org bought gems");
    private static final byte[] SECOND = bytes("anna@example.org bought more");

    @TempDir
    static Path folder;

    private static PostgresVault vault;
    private static KeptRecords records;
    private static int game;

    private final UUID request = UUID.randomUUID();

    @BeforeAll
    static void open() {
        DATABASE.setJdbcUrl(TestPostgres.newDatabase());
        vault = PostgresVault.open(DATABASE, KeyDirectory.at(folder.resolve("keys")));
        records = vault.keptRecords();
        game = vault.gameNumber(new GameId("intendo"));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void whatIsKeptIsFoundByTheRequestAndByEveryIdOfThePerson() {
        Kept kept = keep(request, FIRST, SECOND);

        assertThat(kept).isEqualTo(new Kept(request, 0, "PURCHASES", game, 2, LAST_DAY, END, false));
        assertThat(records.of(request)).containsExactly(kept);
        assertThat(records.of(game, ANNA)).contains(kept);
        assertThat(records.of(game, GUEST)).contains(kept);
        assertThat(records.of(game, new PlayerId("bert"))).isEmpty();
        assertThat(records.of(game + 1, ANNA)).isEmpty();
        assertThat(records.of(game, List.of(GUEST, new PlayerId("bert"), ANNA))).containsOnlyOnce(kept);
        assertThat(records.of(game, List.of())).isEmpty();
        assertThat(records.all()).contains(kept);
        assertThat(records.ground(kept)).contains("§ 147 AO");
        assertThat(records.piece(kept, 0)).contains(FIRST);
        assertThat(records.piece(kept, 1)).contains(SECOND);
        assertThat(records.piece(kept, 2)).isEmpty();
    }

    @Test
    void whatWasKeptFirstStays() {
        Kept kept = keep(request, FIRST, SECOND);
        Kept again = records.keep(
                new Kept(request, 0, "PURCHASES", game, 1, LAST_DAY, END, false),
                List.of(ANNA),
                "another",
                List.of(bytes("less")));

        assertThat(again).isEqualTo(kept);
        assertThat(records.piece(kept, 0)).contains(FIRST);
        assertThat(records.ground(kept)).contains("§ 147 AO");
    }

    @Test
    void itOutlivesItsRequestAndIsNoneItself() {
        vault.requestSecrets().put(request, RequestSecrets.KEEP, FIRST);
        Kept kept = keep(request, FIRST);
        assertThat(vault.requestSecrets().requests(true, null, 1_000)).contains(request);
        assertThat(vault.requestSecrets().keeping()).contains(request);
        assertThat(keys(request)).isEqualTo(2);

        vault.requestSecrets().destroy(request);
        vault.requestSecrets().rewrap();

        assertThat(vault.requestSecrets().keeping()).doesNotContain(request);
        assertThat(vault.requestSecrets().requests(true, null, 1_000)).doesNotContain(request);
        assertThat(records.piece(kept, 0)).contains(FIRST);
    }

    @Test
    void itsEndDestroysItAndWhatLeadsToIt() {
        Kept kept = keep(request, FIRST);
        assertThat(records.over(END.minusMillis(1), null, 1_000)).doesNotContain(kept);
        assertThat(records.over(END, null, 1_000)).contains(kept);

        records.end(kept);

        assertThat(records.piece(kept, 0)).isEmpty();
        assertThat(records.ground(kept)).isEmpty();
        assertThat(records.of(game, ANNA)).doesNotContain(kept);
        assertThat(records.of(request)).isEmpty();
        assertThat(records.known(request)).hasSize(1);
        assertThat(keys(request)).as("its key").isZero();
        assertThat(records.over(END, null, 1_000))
                .noneMatch(over -> over.request().equals(request));
        assertThat(records.ended(END, null, 1_000))
                .as("until somebody was told")
                .anyMatch(over -> over.request().equals(request) && over.isEnded());
        records.forget(kept);
        assertThat(records.known(request)).isEmpty();
        assertThat(records.ended(END, null, 1_000))
                .noneMatch(over -> over.request().equals(request));
    }

    @Test
    void theyAreReadPageByPage() {
        List<UUID> requests = Stream.generate(UUID::randomUUID)
                .limit(5)
                .sorted(comparing(UUID::toString))
                .toList();
        requests.forEach(each -> keep(each, FIRST));

        assertThat(inPages(last -> records.over(END, last, 2))).containsSubsequence(requests);
        requests.forEach(each -> records.of(each).forEach(records::end));
        assertThat(inPages(last -> records.ended(END, last, 2))).containsSubsequence(requests);
    }

    private static List<UUID> inPages(Function<@Nullable Kept, List<Kept>> read) {
        List<UUID> all = new ArrayList<>();
        List<Kept> page = read.apply(null);
        while (!page.isEmpty()) {
            page.forEach(each -> all.add(each.request()));
            page = read.apply(page.getLast());
        }
        return all;
    }

    @Test
    void whatIsNotEndedIsNotForgotten() {
        Kept kept = keep(request, FIRST);
        records.forget(kept);
        assertThat(records.of(request)).containsExactly(kept);
    }

    private Kept keep(UUID request, byte[]... pieces) {
        return records.keep(
                new Kept(request, 0, "PURCHASES", game, pieces.length, LAST_DAY, END, false),
                List.of(ANNA, GUEST),
                "§ 147 AO",
                List.of(pieces));
    }

    private static int keys(UUID request) {
        try (var connection = DATABASE.getConnection();
                var select =
                        connection.prepareStatement("SELECT count(*) FROM request_key WHERE wrapped_key IS NOT NULL"
                                + " AND (request = ? OR part_of = ?)")) {
            select.setObject(1, request);
            select.setObject(2, request);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
