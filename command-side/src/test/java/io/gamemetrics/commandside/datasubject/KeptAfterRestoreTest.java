package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.datasubject.RequestCommand.RecordKept;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is kept of who is erased, where the vault or the event store was put back to before. */
@ExtendWith(SharedCommandSide.class)
class KeptAfterRestoreTest {

    private static final String REQUESTS = "/v1/data-subject-requests/";
    private static final LocalDate LAST_DAY = LocalDate.of(2033, 12, 31);
    private static final Instant END = Instant.parse("2034-01-01T00:00:00Z");

    private TestCommandSide server;
    private PostgresVault vault;
    private String game;
    private String privacy;

    @BeforeEach
    void createGame() {
        server = SharedCommandSide.server();
        vault = server.context().getBean(PostgresVault.class);
        game = SharedCommandSide.newGame();
        server.createGame(game);
        privacy = server.person(Map.of(game, Set.of(Role.PRIVACY)));
    }

    @Test
    void whatTheVaultHasLostIsNotSaidToBeKept() {
        UUID request = executing();
        server.context()
                .getBean(RequestCommands.class)
                .send(new RecordKept(request, 0, KeptKind.PURCHASES, 1, LAST_DAY, END, Instant.now()));

        assertThat(kept(request).toString())
                .isEqualTo("[{\"kind\":\"PURCHASES\",\"records\":1,\"until\":\"2033-12-31\",\"lost\":true}]");
        assertThat(server.get(REQUESTS + request + "/kept", privacy).body().toString())
                .isEqualTo("{\"requestId\":\"" + request + "\",\"kept\":[],\"lost\":[{\"subject\":0,"
                        + "\"kind\":\"PURCHASES\",\"until\":\"2033-12-31\",\"records\":1}]}");

        Kept found = keep(request);
        assertThat(kept(request).toString())
                .isEqualTo("[{\"kind\":\"PURCHASES\",\"records\":1,\"until\":\"2033-12-31\"}]");
        vault.keptRecords().end(found);
        assertThat(kept(request).at("/0").has("lost"))
                .as("destroyed, and the request is not told yet")
                .isFalse();
    }

    @Test
    void whatIsKeptIsReadByWhoMayAlsoWhereNobodyKnowsItsRequest() {
        UUID request = UUID.randomUUID();
        keep(request);
        keep(UUID.randomUUID());
        assertThat(server.get(REQUESTS + request, privacy).status()).isEqualTo(404);
        long before = vault.audit().head().entries();

        JsonNode kept = server.get(REQUESTS + request + "/kept", privacy).body();

        assertThat(kept.at("/kept/0/records/0/playerId").textValue()).isEqualTo("anna");
        assertThat(kept.at("/kept/0/ground").textValue()).isEqualTo("section 147 AO");
        assertThat(kept.has("lost")).isFalse();
        JsonNode list = server.get(REQUESTS + "kept", privacy).body();
        assertThat(list).hasSize(2).anySatisfy(line -> assertThat(line.toString())
                .isEqualTo("{\"requestId\":\"" + request + "\",\"gameId\":\"" + game
                        + "\",\"kind\":\"PURCHASES\",\"until\":\"2033-12-31\",\"subjects\":1,\"records\":1}"));
        assertThat(vault.audit().head().entries()).isEqualTo(before + 2);
        JsonNode page = server.get(REQUESTS + "kept?first=1", privacy).body();
        JsonNode rest = server.get(
                        REQUESTS + "kept?after=" + page.at("/0/requestId").textValue(), privacy)
                .body();
        assertThat(List.of(page.get(0), rest.get(0))).containsExactlyInAnyOrder(list.get(0), list.get(1));
        assertThat(rest).hasSize(1);
    }

    @Test
    void nobodyElseReadsIt() {
        UUID request = UUID.randomUUID();
        keep(request);
        String support = server.person(Map.of(game, Set.of(Role.SUPPORT)));
        String stranger = server.person(Map.of("another", Set.of(Role.PRIVACY)));
        assertThat(server.get(REQUESTS + request + "/kept", support).status()).isEqualTo(403);
        assertThat(server.get(REQUESTS + request + "/kept", stranger).status()).isEqualTo(404);
        assertThat(server.get(REQUESTS + UUID.randomUUID() + "/kept", privacy).status())
                .isEqualTo(404);
        assertThat(server.get(REQUESTS + "kept", support).status()).isEqualTo(403);
        assertThat(server.get(REQUESTS + "kept", stranger).body()).isEmpty();
        assertThat(server.get(REQUESTS + "kept?first=0", privacy).status()).isEqualTo(400);
    }

    private JsonNode kept(UUID request) {
        return server.get(REQUESTS + request, privacy).body().at("/subjects/0/kept");
    }

    private UUID executing() {
        String body = "{\"type\":\"ERASURE\",\"subjects\":[{\"gameId\":\"" + game
                + "\",\"playerId\":\"anna\"}],\"identity\":{\"confirmed\":true,\"how\":\"signed in\"}}";
        Answer made = post("", body);
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        UUID request = UUID.fromString(made.body().get("requestId").textValue());
        assertThat(post("/" + request + "/execute", "").status()).isEqualTo(202);
        return request;
    }

    private Answer post(String path, String body) {
        return server.send(
                "POST",
                "/v1/data-subject-requests" + path,
                privacy,
                "application/json",
                body.getBytes(StandardCharsets.UTF_8));
    }

    private Kept keep(UUID request) {
        byte[] record = "{\"type\":\"purchase\",\"playerId\":\"anna\"}\n".getBytes(StandardCharsets.UTF_8);
        return vault.keptRecords()
                .keep(
                        new Kept(request, 0, "PURCHASES", number(), 1, LAST_DAY, END, false),
                        List.of(new PlayerId("anna")),
                        "section 147 AO",
                        List.of(record));
    }

    private int number() {
        return vault.findGameNumber(new GameId(game)).orElseThrow();
    }
}
