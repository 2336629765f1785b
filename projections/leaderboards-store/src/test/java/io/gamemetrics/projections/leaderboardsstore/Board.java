package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One board of one game on one partition, written event by event and read by short names: player {@code n} is {@link #player}. */
final class Board {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final int GAME = 1;
    static final String ID = "board";

    final LeaderboardsWriter writer;
    final LeaderboardsReader reader;
    private final BoardRule rule;
    private @Nullable Checkpoint checkpoint;
    private long position = 1;

    /** On a Redis that is emptied first. */
    Board(LeaderboardsRedis redis, BoardRule.Operator operator, BoardRule.SortOrder order) {
        new LeaderboardsCleaner(redis).drop();
        writer = new LeaderboardsWriter(redis, 1, Clock.fixed(NOW, ZoneOffset.UTC));
        reader = new LeaderboardsReader(redis);
        rule = new BoardRule(operator, order, BoardRule.Reset.NEVER, ZoneId.of("UTC"));
        begin();
        write(batch -> batch.zone(GAME, ZoneId.of("UTC"), at()));
        write(batch -> batch.board(GAME, ID, operator.name(), order.name(), "NEVER", at()));
    }

    static UUID player(int number) {
        return new UUID(0xabcdef, number);
    }

    void begin() {
        checkpoint = writer.checkpoint(0);
    }

    Board score(int player, long score) {
        return score(player, score, NOW);
    }

    Board score(int player, long score, Instant occurredAt) {
        write(batch -> batch.score(GAME, player(player), ID, score, occurredAt, at(), NOW));
        return this;
    }

    Board link(int player, int person) {
        write(batch -> batch.linked(GAME, player(player), new Pseudonym(player(person)), at(), NOW));
        return this;
    }

    Board ban(int player, boolean banned) {
        write(batch -> batch.banned(GAME, player(player), ID, banned, at(), NOW));
        return this;
    }

    void write(Consumer<LeaderboardsBatch> events) {
        LeaderboardsBatch batch = writer.begin();
        events.accept(batch);
        Checkpoint next = new Checkpoint(new Position(3, position - 1), NOW, 1, 0, 0);
        assertThat(writer.commit(batch, 0, checkpoint, next, List.of())).isTrue();
        checkpoint = next;
    }

    Position at() {
        return new Position(3, position++);
    }

    Page page(PageRequest request) {
        return reader.page(GAME, ID, rule, Period.ALL_TIME, request).orElseThrow();
    }

    /** The beginning of another board's list. */
    Page page(String boardId) {
        BoardRule other =
                Objects.requireNonNull(reader.board(GAME, boardId).orElseThrow().rule());
        return reader.page(GAME, boardId, other, Period.ALL_TIME, PageRequest.first(9))
                .orElseThrow();
    }

    /** The list as {@code player:score}. */
    List<String> list() {
        return page(PageRequest.first(200)).entries().stream()
                .map(entry -> number(entry) + ":" + entry.score() + (entry.saturated() ? "!" : ""))
                .toList();
    }

    Standing standing(int player, int most) {
        return reader.standing(GAME, ID, rule, Period.ALL_TIME, new Pseudonym(player(player)), most)
                .orElseThrow();
    }

    static int number(Entry entry) {
        return (int) entry.player().value().getLeastSignificantBits();
    }
}
