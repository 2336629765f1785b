package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.embeddedservers.EmbeddedServer;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscriptions while the servers they follow are killed, as by a power failure, and come back. */
@Tag("faults")
@Timeout(90)
class KilledServersTest {

    private static final String TOKEN = QueryService.token("intendo", Role.ANALYST);
    private static final int KILLS = 3;
    private static final int MOST_AHEAD = 3;
    private static LiveData data;
    private static QueryService service;

    @BeforeAll
    static void start() {
        data = new LiveData();
        service = QueryService.start(data.with(Map.of()));
    }

    @AfterAll
    static void stop() {
        service.close();
        data.close();
    }

    private static void killAndStart(EmbeddedServer server) {
        server.kill();
        server.startAgain();
    }

    @Test
    void of_events_none_is_lost_and_none_comes_twice_when_redis_is_killed() throws Exception {
        Position before = data.store(0);
        AtomicBoolean storing = new AtomicBoolean(true);
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            client.subscribe("e", events(before));
            List<Long> seen = new CopyOnWriteArrayList<>();
            CompletableFuture<Position> all = CompletableFuture.supplyAsync(() -> {
                long stored = 0;
                while (storing.get()) {
                    // Not faster than they are seen: of too many in a second some would be left out.
                    if (stored - seen.size() < MOST_AHEAD) {
                        data.store(1);
                        stored++;
                    }
                }
                return data.store(2);
            });
            for (int kill = 0; kill < KILLS; kill++) {
                follow(client, seen, 20);
                killAndStart(TestRedis.server());
            }
            storing.set(false);
            long last = all.get().number();
            while (seen.isEmpty() || seen.getLast() < last) {
                follow(client, seen, 1);
            }
            assertThat(seen).hasSize((int) (last - before.number())).first().isEqualTo(before.number() + 1);
            assertThat(seen).isSorted().doesNotHaveDuplicates();
        } finally {
            storing.set(false);
        }
    }

    private static void follow(SocketClient client, List<Long> seen, int events) throws InterruptedException {
        for (int i = 0; i < events; i++) {
            JsonNode event = client.expect("next").at("/payload/data/events");
            assertThat(event.path("leftOut").asLong()).isZero();
            seen.add(Position.parse(event.path("position").asText()).number());
        }
    }

    @Test
    void who_comes_while_redis_is_away_is_told_so_and_comes_back_with_his_position() throws Exception {
        Position before = data.store(0);
        Position at = data.store(3);
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            client.subscribe("first", events(before));
            follow(client, new ArrayList<>(), 3);
            TestRedis.server().kill();
            client.subscribe("away", events(before));
            assertThat(client.expect("error").at("/payload/0/extensions/code").asText())
                    .isEqualTo("UNAVAILABLE");
            TestRedis.server().startAgain();
            client.send(Map.of("type", "complete", "id", "first"));
            client.subscribe("again", events(at));
            Position next = data.store(1);
            JsonNode answer = client.next();
            while (!answer.path("type").asText().equals("next")) {
                // Redis is back, and not everybody knows yet.
                assertThat(answer.at("/payload/0/extensions/code").asText()).isEqualTo("UNAVAILABLE");
                client.subscribe("again", events(at));
                answer = client.next();
            }
            assertThat(answer.at("/payload/data/events/position").asText()).isEqualTo(next.toString());
        }
    }

    @Test
    void of_changed_numbers_none_is_lost_when_postgresql_is_killed() throws Exception {
        Position before = data.count(1, "intendo");
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            client.subscribe(
                    "m",
                    "subscription { metricsChanged(gameId: \"intendo\", after: \"" + before + "\") { position } }");
            data.count(1, "intendo");
            client.expect("next");
            for (int kill = 0; kill < KILLS; kill++) {
                killAndStart(TestPostgres.server());
                Position at = data.count(1, "intendo");
                JsonNode notice = client.expect("next").at("/payload/data/metricsChanged");
                assertThat(notice.path("position").asText()).isEqualTo(at.toString());
            }
        }
    }

    @Test
    void a_board_that_changed_while_redis_was_killed_is_told_of_when_it_is_back() throws Exception {
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            client.subscribe(
                    "l",
                    "subscription { leaderboardChanged(gameId: \"intendo\", leaderboardId: \"a|b\", after: \"1.1\")"
                            + " { position } }");
            client.expect("next");
            for (int kill = 0; kill < KILLS; kill++) {
                killAndStart(TestRedis.server());
                assertThat(client.expect("next")
                                .at("/payload/data/leaderboardChanged")
                                .isObject())
                        .as("everybody is told once")
                        .isTrue();
                data.boardChanged("a|b", new Position(1, 100 + kill));
                assertThat(client.expect("next")
                                .at("/payload/data/leaderboardChanged/position")
                                .asText())
                        .isEqualTo("1." + (100 + kill));
            }
        }
    }

    private static String events(Position after) {
        return "subscription { events(gameId: \"intendo\", sampleMax: 1000, after: \"" + after
                + "\") { position leftOut } }";
    }
}
