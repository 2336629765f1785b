package io.gamemetrics.queryside.leaderboard;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.projections.leaderboardsstore.BoardRule;
import io.gamemetrics.projections.leaderboardsstore.Cursor;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsReader;
import io.gamemetrics.projections.leaderboardsstore.PageRequest;
import io.gamemetrics.projections.leaderboardsstore.Period;
import io.gamemetrics.projections.leaderboardsstore.Standing;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.game.GameNumbers;
import io.gamemetrics.queryside.game.GrantedGame;
import io.gamemetrics.queryside.limits.Answers;
import io.gamemetrics.queryside.limits.Ranges;
import io.gamemetrics.queryside.player.PlayerDirectory;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Boards: who is first, who is around, where somebody stands. What is being rebuilt answers null, never zero. */
@Controller
public final class LeaderboardGraphql {

    private static final int DEFAULT_FIRST = 20;
    private static final int DEFAULT_AROUND = 10;

    private final LeaderboardsReader boards;
    private final GameNumbers games;
    private final PlayerDirectory players;
    private final Clock clock;

    LeaderboardGraphql(LeaderboardsReader boards, GameNumbers games, PlayerDirectory players, Clock clock) {
        this.boards = boards;
        this.games = games;
        this.players = players;
        this.clock = clock;
    }

    @SchemaMapping(typeName = "Game")
    @Nullable
    GameBoard leaderboard(GrantedGame game, @Argument String id) {
        OptionalInt number = games.of(game.id());
        return number.isEmpty()
                ? null
                : boards.board(number.getAsInt(), id)
                        .map(board -> new GameBoard(game.id(), number.getAsInt(), board))
                        .orElse(null);
    }

    @SchemaMapping(typeName = "Leaderboard")
    @Nullable
    Position position(GameBoard board) {
        return boards.reached().map(LeaderboardsReader.Reached::position).orElse(null);
    }

    @SchemaMapping(typeName = "Leaderboard")
    @Nullable
    Instant asOf(GameBoard board) {
        return boards.reached().map(LeaderboardsReader.Reached::asOf).orElse(null);
    }

    @SchemaMapping(typeName = "Leaderboard")
    @Nullable
    LeaderboardConnection entries(
            GameBoard board,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            @Argument @Nullable Integer last,
            @Argument @Nullable String before,
            @Argument @Nullable WantedPeriod period) {
        if (first != null && last != null) {
            throw QueryRefused.badInput("either first or last, not both");
        }
        return page(board, period, request(first, after, last, before));
    }

    @SchemaMapping(typeName = "Leaderboard")
    @Nullable
    Long totalCount(GameBoard board, @Argument @Nullable WantedPeriod period) {
        LeaderboardConnection page = page(board, period, PageRequest.first(1));
        return page == null ? null : page.totalCount();
    }

    @SchemaMapping(typeName = "Leaderboard")
    @Nullable
    LeaderboardEntry rankOf(
            @ContextValue(name = Answers.CALLER) Caller caller,
            GameBoard board,
            @Argument String playerId,
            @Argument @Nullable WantedPeriod period) {
        return standing(caller, board, playerId, period, 1)
                .flatMap(Standing::entry)
                .map(entry -> new LeaderboardEntry(board.game(), entry))
                .orElse(null);
    }

    @SchemaMapping(typeName = "Leaderboard")
    @Nullable
    List<LeaderboardEntry> aroundPlayer(
            @ContextValue(name = Answers.CALLER) Caller caller,
            GameBoard board,
            @Argument String playerId,
            @Argument @Nullable Integer first,
            @Argument @Nullable WantedPeriod period) {
        int most = first == null ? DEFAULT_AROUND : first;
        Ranges.checkBetween("first", most, 1, LeaderboardsReader.MAX_ENTRIES);
        if (board.readableBy() == null) {
            return null;
        }
        return standing(caller, board, playerId, period, most).map(Standing::around).orElse(List.of()).stream()
                .map(entry -> new LeaderboardEntry(board.game(), entry))
                .toList();
    }

    private @Nullable LeaderboardConnection page(GameBoard board, @Nullable WantedPeriod wanted, PageRequest request) {
        BoardRule rule = board.readableBy();
        if (rule == null) {
            return null;
        }
        Instant now = clock.instant();
        Period period = (wanted == null ? WantedPeriod.shownBy(rule) : wanted).at(now, rule);
        return boards.page(board.gameNumber(), board.id(), rule, period, request)
                .map(page -> LeaderboardConnection.of(board.game(), rule, period, page, now))
                .orElse(null);
    }

    private Optional<Standing> standing(
            Caller caller, GameBoard board, String playerId, @Nullable WantedPeriod wanted, int most) {
        BoardRule rule = board.readableBy();
        Optional<Pseudonym> player = players.find(caller, board.game(), playerId);
        if (rule == null || player.isEmpty()) {
            return Optional.empty();
        }
        Period period = (wanted == null ? WantedPeriod.shownBy(rule) : wanted).at(clock.instant(), rule);
        return boards.standing(board.gameNumber(), board.id(), rule, period, player.get(), most);
    }

    private static PageRequest request(
            @Nullable Integer first, @Nullable String after, @Nullable Integer last, @Nullable String before) {
        int most = last != null ? last : first != null ? first : DEFAULT_FIRST;
        Ranges.checkBetween(last != null ? "last" : "first", most, 1, LeaderboardsReader.MAX_ENTRIES);
        return new PageRequest(most, last != null, cursor("after", after), cursor("before", before));
    }

    private static @Nullable Cursor cursor(String name, @Nullable String text) {
        try {
            return text == null ? null : Cursor.parse(text);
        } catch (IllegalArgumentException e) {
            throw QueryRefused.badInput(name + " must be a cursor that was given out");
        }
    }
}
