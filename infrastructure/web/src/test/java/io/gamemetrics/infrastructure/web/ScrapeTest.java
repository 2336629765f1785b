package io.gamemetrics.infrastructure.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** Who may read what monitoring reads. */
class ScrapeTest {

    private static final String SCRAPE = "/actuator/prometheus";
    private static final String TOKEN = "a-token-of-monitoring";
    private static ServletWebServerApplicationContext service;
    private static Calls calls;

    @BeforeAll
    static void start() {
        service = EchoService.start("gamemetrics.scrape-token=" + TOKEN);
        calls = new Calls(service.getWebServer().getPort());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void monitoring_reads_with_a_token_of_its_own() throws Exception {
        HttpResponse<String> read = calls.get(SCRAPE, TOKEN);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).contains("jvm_memory_used_bytes{");
    }

    @Test
    void that_token_opens_nothing_else() throws Exception {
        for (String path : new String[] {"/games/intendo/numbers", "/actuator", "/actuator/prometheus/x", "/page2"}) {
            assertThat(calls.get(path, TOKEN).statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void operators_of_every_game_may_look_too() throws Exception {
        assertThat(calls.get(SCRAPE, Calls.tokenOf("*", Role.OPERATOR)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void nobody_else_may() throws Exception {
        assertThat(calls.send(calls.to(SCRAPE)).statusCode()).isEqualTo(401);
        assertThat(calls.get(SCRAPE, TOKEN + "x").statusCode()).isEqualTo(401);
        assertThat(calls.get(SCRAPE, EchoService.KEY).statusCode()).isEqualTo(403);
        assertThat(calls.get(SCRAPE, Calls.tokenOf("*", Role.ANALYST)).statusCode())
                .isEqualTo(403);
        assertThat(calls.get(SCRAPE, Calls.tokenOf("intendo", Role.OPERATOR)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void no_token_configured_is_none_that_opens() throws Exception {
        try (ServletWebServerApplicationContext without = EchoService.start("gamemetrics.scrape-token=")) {
            Calls there = new Calls(without.getWebServer().getPort());
            assertThat(there.send(there.to(SCRAPE)).statusCode()).isEqualTo(401);
            assertThat(there.send(there.to(SCRAPE).header("Authorization", "Bearer "))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(there.get(SCRAPE, "null").statusCode()).isEqualTo(401);
        }
    }
}
