package io.gamemetrics.commandside.game;

import io.gamemetrics.commandside.game.GameCommand.ChangeGame;
import io.gamemetrics.commandside.game.GameCommand.CreateGame;
import io.gamemetrics.commandside.game.GameCommand.DefineLeaderboard;
import io.gamemetrics.commandside.game.GameCommand.SetExchangeRates;
import io.gamemetrics.commandside.game.GameCommand.SetLimits;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.game.KeyKind;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Games and their settings, over HTTP. */
@RestController
@RequestMapping("/v1/games")
public final class GameRestApi {

    private final GameCommands commands;
    private final GameViews views;
    private final KeyIssuing issuing;
    private final Vault vault;
    private final Clock clock;

    public GameRestApi(GameCommands commands, GameViews views, GameKeys keys, Vault vault, Clock clock) {
        this.commands = commands;
        this.views = views;
        this.issuing = new KeyIssuing(commands, views, keys, clock);
        this.vault = vault;
        this.clock = clock;
    }

    /** A new game; what is absent takes its default. */
    record NewGame(
            @Nullable String gameId,
            @Nullable String name,
            @Nullable String timeZone,
            @Nullable String currency,
            @Nullable String activeBy,
            @Nullable String stage) {}

    /** A new game's id and the key it sends events with, shown this once. */
    record CreatedGame(String gameId, String apiKey) {

        @Override
        public String toString() {
            return "CreatedGame[gameId=" + gameId + "]";
        }
    }

    /** What is to be different; what is absent stays. */
    record Changes(
            @Nullable String name,
            @Nullable String timeZone,
            @Nullable String currency,
            @Nullable String activeBy) {}

    record Leaderboard(
            @Nullable String operator,
            @Nullable String order,
            @Nullable String reset) {}

    record Limits(
            @Nullable Integer eventsPerSecond,
            @Nullable Integer burst,
            @Nullable Integer playerEventsPerMinute) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CreatedGame create(Caller caller, @RequestBody NewGame body) {
        GameId id = gameId(body.gameId());
        if (!caller.may(Role.ADMIN, id)) {
            throw new Refusal(RequestProblem.FORBIDDEN);
        }
        CreateGame command = new CreateGame(
                id,
                GameFields.text("name", body.name() == null ? id.value() : body.name()),
                GameFields.zone("timeZone", Objects.requireNonNullElse(body.timeZone(), "UTC")),
                GameFields.currency("currency", Objects.requireNonNullElse(body.currency(), "USD")),
                GameFields.word("activeBy", ActiveBy.class, Objects.requireNonNullElse(body.activeBy(), "ANY_EVENT")),
                GameFields.word("stage", Stage.class, Objects.requireNonNullElse(body.stage(), "LIVE")),
                clock.instant());
        int number = vault.gameNumber(id);
        vault.gameStreams(number, GameStreams.all(id));
        commands.send(command);
        return new CreatedGame(
                id.value(),
                issuing.issue(id, number, KeyKind.INGEST, "first key", null).secret());
    }

    @GetMapping
    List<GameDocument> list(Caller caller) {
        return views.all().stream()
                .filter(game -> caller.knows(game.gameId()))
                .map(game -> GameDocument.of(game.state()))
                .toList();
    }

    @GetMapping("/{game}")
    GameDocument get(Caller caller, @PathVariable GameId game) {
        if (!caller.knows(game)) {
            throw new Refusal(RequestProblem.NOT_FOUND);
        }
        return GameDocument.of(existing(game).state());
    }

    @PatchMapping("/{game}")
    GameDocument change(Caller caller, @PathVariable GameId game, @RequestBody Changes body) {
        caller.require(Role.ADMIN, game);
        send(new ChangeGame(
                game,
                GameFields.optionalText("name", body.name()),
                body.timeZone() == null ? null : GameFields.zone("timeZone", body.timeZone()),
                body.currency() == null ? null : GameFields.currency("currency", body.currency()),
                body.activeBy() == null ? null : GameFields.word("activeBy", ActiveBy.class, body.activeBy()),
                clock.instant()));
        return GameDocument.of(existing(game).state());
    }

    @PutMapping("/{game}/exchange-rates/{date}")
    Map<String, BigDecimal> setRates(
            Caller caller,
            @PathVariable GameId game,
            @PathVariable("date") String date,
            @RequestBody Map<String, Object> body) {
        caller.require(Role.ADMIN, game);
        LocalDate day = GameFields.day("date", date);
        Map<Currency, BigDecimal> rates = new HashMap<>();
        body.forEach((code, rate) -> rates.put(GameFields.currency(code, code), GameFields.rate(code, rate)));
        send(new SetExchangeRates(game, day, rates, clock.instant()));
        Map<String, BigDecimal> answer = new HashMap<>();
        rates.forEach((currency, rate) -> answer.put(currency.getCurrencyCode(), rate));
        return answer;
    }

    @PutMapping("/{game}/limits")
    Limits setLimits(Caller caller, @PathVariable GameId game, @RequestBody Limits body) {
        caller.require(Role.ADMIN, game);
        send(new SetLimits(game, body.eventsPerSecond(), body.burst(), body.playerEventsPerMinute(), clock.instant()));
        return body;
    }

    @PutMapping("/{game}/leaderboards/{leaderboard}")
    GameDocument.Board defineLeaderboard(
            Caller caller,
            @PathVariable GameId game,
            @PathVariable("leaderboard") String leaderboard,
            @RequestBody Leaderboard body) {
        caller.require(Role.ADMIN, game);
        DefineLeaderboard command = new DefineLeaderboard(
                game,
                GameFields.text("leaderboardId", leaderboard),
                GameFields.word(
                        "operator",
                        LeaderboardDefined.Operator.class,
                        Objects.requireNonNullElse(body.operator(), "BEST")),
                GameFields.word(
                        "order", LeaderboardDefined.Order.class, Objects.requireNonNullElse(body.order(), "DESC")),
                GameFields.word(
                        "reset", LeaderboardDefined.Reset.class, Objects.requireNonNullElse(body.reset(), "NEVER")),
                clock.instant());
        send(command);
        return new GameDocument.Board(command.leaderboardId(), command.operator(), command.order(), command.reset());
    }

    private void send(GameCommand command) {
        commands.send(command);
        views.expire(command.gameId());
    }

    private GameView existing(GameId game) {
        return views.find(game).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
    }

    private static GameId gameId(@Nullable String text) {
        try {
            return new GameId(GameFields.text("gameId", text));
        } catch (IllegalArgumentException e) {
            throw new Refusal(GameProblem.FIELD_INVALID, String.valueOf(e.getMessage())).with("pointer", "/gameId");
        }
    }
}
