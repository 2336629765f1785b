package io.gamemetrics.infrastructure.web;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The smallest service built on this module, on a port of its own. */
@HttpService
@Import(EchoService.Echo.class)
class EchoService {

    static final String KEY = "gmk_ingest_k1_" + "A".repeat(43);
    static final String UNREADABLE_KEY = "gmk_ingest_k2_" + "B".repeat(43);
    static final String SECRET = LocalTokens.newSecret();

    static ServletWebServerApplicationContext start(String... properties) {
        Map<String, Object> defaults = WebDefaults.of("echo", "GAMEMETRICS_ECHO_PORT", 0);
        defaults.put("gamemetrics.local-token-secret", SECRET);
        Map<String, Object> all = new HashMap<>(defaults);
        for (String property : properties) {
            int equals = property.indexOf('=');
            all.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return (ServletWebServerApplicationContext)
                new SpringApplicationBuilder(EchoService.class).properties(all).run();
    }

    @Bean
    ApiKeys apiKeys() {
        String hash = KeyHash.of(KEY);
        return token -> {
            if (token.equals(UNREADABLE_KEY)) {
                throw new IllegalStateException(new OutOfReach());
            }
            return KeyHash.matches(token, hash)
                    ? Optional.of(new ApiKeyIdentity(new GameId("intendo"), "k1", Role.INGEST))
                    : Optional.empty();
        };
    }

    @Bean
    KnownFailures outOfReach() {
        return OutOfReach.class::isInstance;
    }

    /** Where keys are kept does not answer. */
    private static final class OutOfReach extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @Bean
    PublicPages page() {
        return new PublicPages(List.of("/page", "/page/**"), "default-src 'self'");
    }

    @RestController
    static class Echo {

        static final CountDownLatch HOLD = new CountDownLatch(1);
        static final CountDownLatch HELD = new CountDownLatch(2);

        @GetMapping("/page")
        String page() {
            return "hello";
        }

        @GetMapping("/games/{game}/numbers")
        Map<String, Object> numbers(Caller caller, @PathVariable GameId game, @RequestParam(defaultValue = "1") int n) {
            caller.require(Role.ANALYST, game);
            return Map.of("n", n);
        }

        @PostMapping(path = "/games", consumes = "application/json")
        Set<String> create(Caller caller, @RequestBody Map<String, Object> body) {
            caller.requireEverywhere(Role.ADMIN);
            return body.keySet();
        }

        @PostMapping("/games/{game}/bytes")
        long bytes(Caller caller, @PathVariable GameId game, InputStream body) throws IOException {
            caller.require(Role.INGEST, game);
            return body.transferTo(java.io.OutputStream.nullOutputStream());
        }

        @GetMapping("/broken/{secret}")
        String broken(@PathVariable String secret) {
            throw new IllegalStateException("it broke over " + secret);
        }

        @GetMapping("/limited")
        String limited() {
            throw new Refusal(RequestProblem.RATE_LIMITED).retryAfter(java.time.Duration.ofSeconds(4));
        }

        @GetMapping("/held")
        String held() throws InterruptedException {
            HELD.countDown();
            HOLD.await();
            return "released";
        }
    }
}
