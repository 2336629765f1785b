package io.gamemetrics.commandside.rejected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.web.Role;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What operators see of refused events, over HTTP, on real servers. */
@ExtendWith(OutputCaptureExtension.class)
class RejectedEventsRestApiTest extends RefusedGame {

    @Test
    void theLatestComeFirstInPagesThatMissNothing() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            send(purchase("e" + i, "XX"));
            sent.addFirst("e" + i);
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = get("?first=3" + after).body();
            page.get("entries").forEach(entry -> seen.add(entry.get("eventId").textValue()));
            after = page.has("after") ? "&after=" + page.get("after").textValue() : null;
        } while (after != null);
        assertThat(seen).isEqualTo(sent);
    }

    @Test
    void eachIsListedWithItsTypeAndReasonAndWithoutItsContents() {
        send(purchase("e1", "XX"));
        JsonNode entry = get("").body().at("/entries/0");
        assertThat(entry.get("code").textValue()).isEqualTo("purchase.currency.unknown");
        assertThat(entry.get("pointer").textValue()).isEqualTo("/currency");
        assertThat(entry.get("message").textValue()).startsWith("currency: ");
        assertThat(entry.get("type").textValue()).isEqualTo("purchase");
        assertThat(entry.get("eventId").textValue()).isEqualTo("e1");
        assertThat(entry.get("expiresAt").textValue())
                .isGreaterThan(entry.get("receivedAt").textValue());
        assertThat(entry.toString()).doesNotContain(PLAYER);
    }

    @Test
    void theyAreFoundByCodeAndTime() {
        send(purchase("e1", "XX"), "7");
        assertThat(get("?code=event.notObject").body().get("entries")).hasSize(1);
        assertThat(get("?code=no.such.code").body().get("entries")).isEmpty();
        assertThat(get("?from=2026-01-01T00:00:00Z&to=2999-01-01T00:00:00Z")
                        .body()
                        .get("entries"))
                .hasSize(2);
        assertThat(get("?to=2026-01-01T00:00:00Z").body().get("entries")).isEmpty();
        assertThat(get("?from=2999-01-01T00:00:00Z").body().get("entries")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?first=0",
                "?first=201",
                "?first=x",
                "?from=yesterday",
                "?to=%2B999999999-01-01T00:00:00Z",
                "?after=nonsense",
                "?after=AA",
                "?code=%00"
            })
    void whatIsAskedForWronglyIsTold(String query) {
        Answer answer = get(query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("code").textValue()).isEqualTo("parameter.malformed");
    }

    @Test
    void oneIsShownAsItWasSentToTheByte() {
        String sent = purchase("e1", "XX").replace(",", " ,\n ");
        send(sent);
        String id = firstId();
        JsonNode entry = get("/" + id).body();
        assertThat(entry.get("sent").textValue()).isEqualTo(sent);
        assertThat(entry.has("patched")).isFalse();
        assertThat(get("/" + Long.MAX_VALUE).status()).isEqualTo(404);
        assertThat(get("/nonsense").status()).isEqualTo(404);

        String other = game + "-other";
        server.createGame(other);
        assertThat(server.get("/v1/games/" + other + "/rejected-events/" + id, server.admin())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theyAreCountedByCode() {
        send(purchase("e1", "XX"), purchase("e2", "YY"), "7");
        JsonNode summary = get("/summary").body();
        assertThat(summary.get("total").longValue()).isEqualTo(3);
        assertThat(summary.at("/codes/0/code").textValue()).isEqualTo("purchase.currency.unknown");
        assertThat(summary.at("/codes/0/count").longValue()).isEqualTo(2);
        assertThat(summary.at("/codes/1/code").textValue()).isEqualTo("event.notObject");
        assertThat(summary.at("/codes/0/oldest").textValue()).isNotBlank();
    }

    @Test
    void onlyOperatorsAndAdministratorsSeeThem() {
        send(purchase("e1", "XX"));
        String path = "/v1/games/" + game + "/rejected-events";
        for (Role role : List.of(Role.ANALYST, Role.SUPPORT, Role.PRIVACY)) {
            String token = server.person(Map.of(game, Set.of(role)));
            for (String each : List.of("", "/summary", "/" + firstId())) {
                assertThat(server.get(path + each, token).status())
                        .as("%s %s", role, each)
                        .isEqualTo(403);
            }
            assertThat(resubmit(token, "{\"code\":\"a\"}").status()).isEqualTo(403);
        }
        assertThat(server.get(path, server.person(Map.of("other", Set.of(Role.OPERATOR))))
                        .status())
                .isEqualTo(404);
        assertThat(server.get(path, key).status()).isEqualTo(403);
        assertThat(server.get(path, server.admin()).status()).isEqualTo(200);
    }

    @Test
    void everyLookIsNotedAndNamesNobody(CapturedOutput output) {
        send(purchase("e1", "XX"));
        String id = firstId();
        get("/" + id);
        resubmit("{\"code\":\"purchase.currency.unknown\",\"dryRun\":true}");
        resubmit("{\"code\":\"purchase.currency.unknown\"}");
        List<String> noted = output.getAll()
                .lines()
                .filter(line -> line.contains("io.gamemetrics.audit") && line.contains("game=" + game + " by="))
                .map(line -> line.replaceFirst(".*by=[0-9a-f]{16} ", ""))
                .toList();
        assertThat(noted).containsExactly("listed count=1", "read id=" + id, "tried count=1", "resubmitted count=1");
        assertThat(output.getAll()).doesNotContain("by=tester").doesNotContain(PLAYER);
    }

    @Test
    void readingOneIsRecordedForGoodBeforeItIsTold() throws Exception {
        send(purchase("e1", "XX"));
        String id = firstId();
        get("/" + id);
        try (Connection vault = DriverManager.getConnection(databases.vault());
                Statement statement = vault.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("SELECT reader, entry FROM rejected_read WHERE game = '" + game + "'")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("tester");
                assertThat(row.getString(2)).isEqualTo(id);
                assertThat(row.next()).isFalse();
            }
            assertThatThrownBy(() -> statement.execute("DELETE FROM rejected_read"))
                    .hasMessageContaining("append-only");
            statement.execute("ALTER TABLE rejected_read RENAME TO elsewhere");
            try {
                Answer refused = get("/" + id);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.body().has("sent")).isFalse();
            } finally {
                statement.execute("ALTER TABLE elsewhere RENAME TO rejected_read");
            }
        }
        assertThat(get("/" + id).status()).isEqualTo(200);
    }
}
