package io.gamemetrics.infrastructure.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

class AuthenticationTest {

    private static final String NUMBERS = "/games/intendo/numbers";
    private static ServletWebServerApplicationContext service;
    private static Calls calls;

    @BeforeAll
    static void start() {
        service = EchoService.start();
        calls = new Calls(service.getWebServer().getPort());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void health_answers_without_a_token_and_tells_no_details() throws Exception {
        HttpResponse<String> health = calls.send(calls.to("/actuator/health"));
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void nothing_else_answers_without_a_token_not_even_what_does_not_exist() throws Exception {
        for (String path : List.of("/", NUMBERS, "/actuator", "/actuator/env", "/error", "/v1/openapi.json", "/x/y")) {
            HttpResponse<String> answer = calls.send(calls.to(path));
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(Calls.code(answer)).isEqualTo("auth.missing");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"gamemetrics\"");
        }
    }

    @Test
    void a_token_opens_its_game() throws Exception {
        assertThat(calls.get(NUMBERS, Calls.tokenOf("intendo", Role.ANALYST)).statusCode())
                .isEqualTo(200);
        assertThat(calls.get(NUMBERS, Calls.tokenOf("*", Role.ANALYST)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void admin_includes_every_role() throws Exception {
        assertThat(calls.get(NUMBERS, Calls.tokenOf("intendo", Role.ADMIN)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void another_game_looks_as_if_it_did_not_exist() throws Exception {
        HttpResponse<String> answer = calls.get(NUMBERS, Calls.tokenOf("other", Role.ADMIN));
        assertThat(answer.statusCode()).isEqualTo(404);
        HttpResponse<String> absent = calls.get("/nowhere", Calls.tokenOf("*", Role.ADMIN));
        assertThat(answer.body()).isEqualTo(absent.body());
    }

    @Test
    void a_known_game_without_the_role_is_forbidden() throws Exception {
        HttpResponse<String> answer = calls.get(NUMBERS, Calls.tokenOf("intendo", Role.PRIVACY));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Calls.code(answer)).isEqualTo("access.forbidden");
    }

    @Test
    void a_key_opens_what_its_kind_says_in_its_game_only() throws Exception {
        assertThat(calls.get(NUMBERS, EchoService.KEY).statusCode()).isEqualTo(403);
        assertThat(calls.get("/games/other/numbers", EchoService.KEY).statusCode())
                .isEqualTo(404);
        String unknown = EchoService.KEY.replaceAll("A$", "B");
        assertThat(calls.get(NUMBERS, unknown).statusCode()).isEqualTo(401);
    }

    @Test
    void tokens_that_are_forged_expired_endless_or_not_tokens_are_refused() throws Exception {
        byte[] right = Base64.getDecoder().decode(EchoService.SECRET);
        byte[] wrong = right.clone();
        wrong[0]++;
        JWTClaimsSet grants = new JWTClaimsSet.Builder()
                .issuer(LocalTokens.ISSUER)
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .claim("gamemetrics", Map.of("*", List.of("admin")))
                .build();
        JWTClaimsSet endless =
                new JWTClaimsSet.Builder(grants).expirationTime(null).build();
        JWTClaimsSet foreign = new JWTClaimsSet.Builder(grants)
                .issuer("https://elsewhere.example")
                .build();
        JWTClaimsSet nobody = new JWTClaimsSet.Builder(grants).issuer(null).build();
        assertThat(calls.get(NUMBERS, signed(grants, right)).statusCode()).isEqualTo(200);
        String expired = new LocalTokens(EchoService.SECRET)
                .mint("somebody", Map.of("*", Set.of(Role.ADMIN)), Duration.ofMinutes(-5));
        for (String token : List.of(
                signed(grants, wrong),
                signed(endless, right),
                signed(foreign, right),
                signed(nobody, right),
                new PlainJWT(grants).serialize(),
                expired,
                "nonsense",
                "gmk_",
                "a.b.c",
                "x".repeat(9_000))) {
            HttpResponse<String> answer = calls.get(NUMBERS, token);
            assertThat(answer.statusCode()).as(token).isEqualTo(401);
            assertThat(Calls.code(answer)).isEqualTo("auth.invalid");
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .contains("invalid_token");
        }
    }

    @Test
    void other_schemes_are_refused() throws Exception {
        assertThat(calls.send(calls.to(NUMBERS).header("Authorization", "Basic YTpi"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void unknown_roles_and_odd_claims_grant_nothing() {
        assertThat(PeopleTokens.grantsIn(Map.of("a", List.of("emperor"), "b", "admin", "c", List.of("analyst"))))
                .isEqualTo(Map.of("a", Set.of(), "c", Set.of(Role.ANALYST)));
        assertThat(PeopleTokens.grantsIn("admin")).isEmpty();
        assertThat(PeopleTokens.grantsIn(null)).isEmpty();
    }

    @Test
    void local_tokens_are_refused_on_any_address_but_loopback() throws Exception {
        try (ServletWebServerApplicationContext open = EchoService.start("server.address=0.0.0.0")) {
            Calls there = new Calls(open.getWebServer().getPort());
            HttpResponse<String> answer = there.get(NUMBERS, Calls.tokenOf("*", Role.ADMIN));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(Calls.code(answer)).isEqualTo("auth.localToken");
            assertThat(there.get(NUMBERS, EchoService.KEY).statusCode()).isEqualTo(403);
        }
    }

    private static String signed(JWTClaimsSet claims, byte[] secret) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }
}
