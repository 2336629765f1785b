package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.bought;
import static io.gamemetrics.commandside.datasubject.Played.event;
import static io.gamemetrics.commandside.datasubject.Played.linked;
import static io.gamemetrics.commandside.datasubject.Played.refunded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.web.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is kept of who is erased, on a real command side; the read models' part is played by this test. */
class KeptTest extends PlayedGame {

    private static final String UNTIL = "2033-12-31";

    @Test
    void whatIsKeptOutlivesTheErasureAndTheCertificateNamesIt() {
        playing.send(bought("buy-1", "kept-o-neil"), refunded("back-1", "kept-o-neil", "buy-1"));
        playing.send(event("a1", "kept-o-neil"), bought("buy-2", "kept-guest"), bought("buy-3", "somebody-else"));
        playing.send(linked("l", "kept-o-neil", "kept-guest"));
        UUID stream = playing.stream("kept-o-neil");
        String request = playing.toKeep("kept-o-neil", UNTIL);
        assertThat(playing.get("/" + request).body().at("/keep/0/ground").textValue())
                .isEqualTo("section 147 AO");

        JsonNode done = playing.erased(request, stream);

        assertThat(done.at("/subjects/0/kept").toString())
                .isEqualTo("[{\"kind\":\"PURCHASES\",\"records\":3,\"until\":\"2033-12-31\"}]");
        assertThat(done.has("keep")).as("gone with the request's key").isFalse();
        assertThat(platform.vault().keys(List.of(stream))).isEmpty();
        assertThat(done.at("/subjects/0/hits").intValue())
                .as("what has to be there is no hit")
                .isZero();
        JsonNode kept = playing.get("/" + request + "/kept").body();
        assertThat(kept.at("/kept/0/ground").textValue()).isEqualTo("section 147 AO");
        assertThat(kept.at("/kept/0/gameId").textValue()).isEqualTo(playing.game);
        assertThat(texts(kept.at("/kept/0/records")))
                .containsExactlyInAnyOrder(
                        "{\"type\":\"purchase\",\"playerId\":\"kept-o-neil\",\"eventId\":\"buy-1\","
                                + "\"occurredAt\":\"2026-01-01T10:15:30Z\",\"country\":\"SE\",\"itemId\":\"gems5\","
                                + "\"itemType\":\"iap\",\"currency\":\"USD\",\"amountMicros\":4990000}",
                        "{\"type\":\"purchase_refunded\",\"playerId\":\"kept-o-neil\",\"eventId\":\"back-1\","
                                + "\"occurredAt\":\"2026-01-01T10:15:30Z\",\"purchaseEventId\":\"buy-1\","
                                + "\"itemId\":\"gems5\",\"itemType\":\"iap\",\"currency\":\"USD\",\"amountMicros\":990000}",
                        "{\"type\":\"purchase\",\"playerId\":\"kept-guest\",\"eventId\":\"buy-2\","
                                + "\"occurredAt\":\"2026-01-01T10:15:30Z\",\"country\":\"SE\",\"itemId\":\"gems5\","
                                + "\"itemType\":\"iap\",\"currency\":\"USD\",\"amountMicros\":4990000}");
        JsonNode certificate = playing.get("/" + request + "/certificate").body();
        assertThat(certificate.toString()).doesNotContain("kept-o-neil", "kept-guest");
        JsonNode residue = certificate.get("residue");
        assertThat(residue.get(residue.size() - 1).get("what").textValue()).isEqualTo("kept");
        assertThat(residue.get(residue.size() - 1).get("why").textValue())
                .contains("3 records of the kind PURCHASES", "until 2033-12-31", "on the ground: section 147 AO");
        assertThat(certificate.get("evidence").findValuesAsText("text"))
                .anyMatch(text -> text.startsWith("subject 0 kept PURCHASES 3 until 2033-12-31 at "))
                .anyMatch(text -> text.matches("subject 0 searched kept-records [1-9].* hits 0"));
    }

    @Test
    void onlyThePrivacyRoleReadsItAndEachLookIsInTheAudit() {
        playing.send(bought("buy-1", "watched"));
        String request = playing.toKeep("watched", UNTIL);
        playing.erased(request, playing.stream("watched"));
        String path = "/v1/data-subject-requests/" + request + "/kept";
        for (Role role : List.of(Role.OPERATOR, Role.SUPPORT, Role.ANALYST)) {
            String token = platform.server().person(Map.of(playing.game, Set.of(role)));
            assertThat(platform.server().get(path, token).status())
                    .as("%s", role)
                    .isEqualTo(403);
        }
        String stranger = platform.server().person(Map.of("another", Set.of(Role.PRIVACY)));
        assertThat(platform.server().get(path, stranger).status()).isEqualTo(404);
        long before = platform.vault().audit().head().entries();

        Answer answer = playing.get("/" + request + "/kept");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(platform.vault().audit().head().entries()).isEqualTo(before + 1);
    }

    @Test
    void anExportHasWhatIsKeptByEveryIdOfThePerson() throws Exception {
        playing.send(bought("buy-1", "exported-one"), bought("buy-2", "exported-two"));
        playing.send(linked("l", "exported-one", "exported-two"));
        playing.erased(playing.toKeep("exported-one", UNTIL), playing.stream("exported-one"));
        for (String id : List.of("exported-one", "exported-two")) {
            String export = playing.request("EXPORT", id);
            playing.post("/" + export + "/execute", "");
            playing.awaitPhase(export, "READY");
            assertThat(playing.export(export).get("0-" + playing.game + "/kept-records.json"))
                    .contains("\"eventId\":\"buy-1\"", "\"eventId\":\"buy-2\"", "\"keptUntil\":\"2033-12-31\"");
        }
    }

    @Test
    void whenItsDayIsOverItIsDestroyedAndTheRequestSaysSo() {
        LocalDate until = LocalDate.now(ZoneOffset.UTC).plusDays(2);
        playing.send(bought("buy-1", "ending"));
        String request = playing.toKeep("ending", until.toString());
        playing.erased(request, playing.stream("ending"));
        Instant end = until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();

        endWhatIsOverAt(end.minusMillis(1));
        assertThat(playing.get("/" + request + "/kept").body().get("kept")).hasSize(1);
        long before = platform.vault().audit().head().entries();
        endWhatIsOverAt(end);

        assertThat(platform.vault().audit().head().entries()).isEqualTo(before + 1);
        assertThat(playing.get("/" + request + "/kept").body().get("kept")).isEmpty();
        assertThat(playing.get("/" + request)
                        .body()
                        .at("/subjects/0/kept/0/endedAt")
                        .textValue())
                .isEqualTo(end.toString());
        long after = platform.vault().audit().head().entries();
        endWhatIsOverAt(end.plusSeconds(60));
        assertThat(platform.vault().audit().head().entries()).as("once").isEqualTo(after);
    }

    @Test
    void whatIsKeptOfAPlayerIsNoHitOfThePersonTheyAreWithAnother() {
        playing.send(bought("buy-1", "came-back"));
        String first = playing.toKeep("came-back", UNTIL);
        playing.erased(first, playing.stream("came-back"));
        assertThat(platform.server()
                        .send(
                                "POST",
                                "/v1/games/" + playing.game + "/players/came-back/readmit",
                                playing.privacy,
                                null,
                                new byte[0])
                        .status())
                .isEqualTo(204);
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        playing.send(
                event("a1", "second-id"),
                event("a2", "came-back").replace("2026-01-01T10:15:30Z", now),
                linked("l1", "second-id", "came-back").replace("2026-01-01T10:15:30Z", now));
        String second = playing.request("ERASURE", "second-id");

        JsonNode done = playing.erased(second, playing.stream("second-id"));

        assertThat(done.at("/subjects/0/hits").intValue()).isZero();
        JsonNode residue = playing.get("/" + second + "/certificate").body().get("residue");
        assertThat(residue.get(residue.size() - 1).get("why").textValue())
                .contains("1 records of the kind PURCHASES", "by request " + first);
        assertThat(playing.get("/" + first + "/kept").body().get("kept"))
                .as("it stays until its day")
                .hasSize(1);
    }

    @Test
    void whoBoughtNothingHasNothingKept() {
        playing.send(event("a1", "frugal"));
        String request = playing.toKeep("frugal", UNTIL);
        JsonNode done = playing.erased(request, playing.stream("frugal"));
        assertThat(done.at("/subjects/0").has("kept")).isFalse();
        assertThat(playing.get("/" + request + "/certificate").body().toString())
                .doesNotContain("\"kept\"", "PURCHASES");
    }

    @Test
    void aPlanSaysWhatWouldBeKept() {
        playing.send(
                bought("buy-1", "planned-one"), refunded("back-1", "planned-one", "buy-1"), event("a1", "planned-one"));
        String request = playing.toKeep("planned-one", UNTIL);
        playing.get("/" + request + "/plan");
        ErasureOrder order = platform.awaitOrder(Step.PLAN, playing.stream("planned-one"));
        platform.orders().answer(order, new ErasureAnswer("metrics", 1, Map.of()));
        platform.orders().answer(order, new ErasureAnswer("players", 1, Map.of()));
        JsonNode plan = playing.get("/" + request + "/plan").body();
        assertThat(plan.get("state").textValue()).isEqualTo("COUNTED");
        assertThat(plan.at("/keep/0/until").textValue()).isEqualTo(UNTIL);
        assertThat(plan.get("totals").toString())
                .contains("{\"store\":\"vault\",\"kind\":\"kept.PURCHASES\",\"rows\":2,\"then\":\"STAY_SEALED\"}");
    }

    @Test
    void anotherRequestThatKeepsSomethingElseIsRefused() {
        String first = playing.toKeep("contested", UNTIL);

        String second = playing.toKeep("contested", UNTIL);
        for (Answer answer : List.of(
                playing.post("", playing.keeping("contested", "2030-12-31")),
                playing.post("", playing.keeping("contested", UNTIL).replace("147 AO", "257 HGB")),
                playing.post("", playing.keeping("contested", UNTIL).replaceAll(",\"keep\".*]", "")),
                shortWay("contested"))) {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body().get("code").textValue()).isEqualTo("request.keep.conflict");
            assertThat(answer.body().get("requestId").textValue()).isIn(first, second);
        }
        assertThat(shortWay("somebody-else").status()).isEqualTo(202);
    }

    @Test
    void aRequestThatWasRefusedIsInNobodysWay() {
        String first = playing.toKeep("contested", UNTIL);
        playing.post("/" + first + "/refuse", "{\"reason\":\"another one comes\"}");
        assertThat(shortWay("contested").status()).isEqualTo(202);
        assertThat(playing.post("", playing.keeping("contested", UNTIL)).status())
                .as("it is being erased, and nothing is kept")
                .isEqualTo(409);
    }

    private Answer shortWay(String player) {
        return platform.server()
                .send("DELETE", "/v1/games/" + playing.game + "/players/" + player, playing.privacy, null, new byte[0]);
    }

    private static void endWhatIsOverAt(Instant at) {
        try (KeptProcess process = new KeptProcess(
                platform.vault(),
                platform.server().context().getBean(RequestCommands.class),
                Clock.fixed(at, ZoneOffset.UTC))) {
            process.endWhatIsOver();
        }
    }

    private static List<String> texts(JsonNode all) {
        List<String> texts = new ArrayList<>();
        all.forEach(one -> texts.add(one.toString()));
        return texts;
    }
}
