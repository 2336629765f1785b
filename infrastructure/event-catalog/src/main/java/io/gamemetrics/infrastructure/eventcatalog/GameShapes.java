package io.gamemetrics.infrastructure.eventcatalog;

import static java.util.stream.Collectors.toMap;

import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.ExchangeRatesSet;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyIssued;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyRevoked;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.game.GameEvent.LimitsSet;
import io.gamemetrics.sharedkernel.game.KeyKind;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;

/** How the events of a game's configuration lie in the store: numbers 1 to 89. */
final class GameShapes {

    private GameShapes() {}

    static final List<Shape<?>> ALL = List.of(
            Shape.configuration(
                    1,
                    "game.created",
                    GameCreated.class,
                    (e, out) -> out.text("game", e.gameId().value())
                            .text("name", e.name())
                            .text("timeZone", e.timeZone().getId())
                            .text("currency", e.currency().getCurrencyCode())
                            .text("activeBy", e.activeBy().name())
                            .text("stage", e.stage().name())
                            .instant("at", e.at()),
                    in -> new GameCreated(
                            new GameId(in.text("game")),
                            in.text("name"),
                            ZoneId.of(in.text("timeZone")),
                            Currency.getInstance(in.text("currency")),
                            in.choice("activeBy", ActiveBy.class),
                            in.choice("stage", Stage.class),
                            in.instant("at"))),
            Shape.configuration(
                    2,
                    "game.changed",
                    GameChanged.class,
                    (e, out) -> out.text("game", e.gameId().value())
                            .text("name", e.name())
                            .text("timeZone", e.timeZone().getId())
                            .text("currency", e.currency().getCurrencyCode())
                            .text("activeBy", e.activeBy().name())
                            .instant("at", e.at()),
                    in -> new GameChanged(
                            new GameId(in.text("game")),
                            in.text("name"),
                            ZoneId.of(in.text("timeZone")),
                            Currency.getInstance(in.text("currency")),
                            in.choice("activeBy", ActiveBy.class),
                            in.instant("at"))),
            Shape.configuration(
                    3,
                    "game.key-issued",
                    KeyIssued.class,
                    (e, out) -> out.text("game", e.gameId().value())
                            .text("key", e.keyId())
                            .text("kind", e.kind().name())
                            .text("label", e.label())
                            .text("secretHash", e.secretHash())
                            .instant("expiresAt", e.expiresAt())
                            .instant("at", e.at()),
                    in -> new KeyIssued(
                            new GameId(in.text("game")),
                            in.text("key"),
                            in.choice("kind", KeyKind.class),
                            in.optionalText("label"),
                            in.text("secretHash"),
                            in.optionalInstant("expiresAt"),
                            in.instant("at"))),
            Shape.configuration(
                    4,
                    "game.key-revoked",
                    KeyRevoked.class,
                    (e, out) -> out.text("game", e.gameId().value())
                            .text("key", e.keyId())
                            .instant("at", e.at()),
                    in -> new KeyRevoked(new GameId(in.text("game")), in.text("key"), in.instant("at"))),
            Shape.configuration(
                    5,
                    "game.exchange-rates-set",
                    ExchangeRatesSet.class,
                    (e, out) -> out.text("game", e.gameId().value())
                            .text("day", e.day().toString())
                            .decimals(
                                    "rates",
                                    e.rates().entrySet().stream()
                                            .collect(toMap(
                                                    rate -> rate.getKey().getCurrencyCode(), rate -> rate.getValue())))
                            .instant("at", e.at()),
                    in -> new ExchangeRatesSet(
                            new GameId(in.text("game")),
                            LocalDate.parse(in.text("day")),
                            in.decimals("rates").entrySet().stream()
                                    .collect(toMap(
                                            rate -> Currency.getInstance(rate.getKey()), rate -> rate.getValue())),
                            in.instant("at"))),
            Shape.configuration(
                    6,
                    "game.limits-set",
                    LimitsSet.class,
                    (e, out) -> out.text("game", e.gameId().value())
                            .number("eventsPerSecond", e.eventsPerSecond())
                            .number("burst", e.burst())
                            .number("playerEventsPerMinute", e.playerEventsPerMinute())
                            .instant("at", e.at()),
                    in -> new LimitsSet(
                            new GameId(in.text("game")),
                            in.optionalInt("eventsPerSecond"),
                            in.optionalInt("burst"),
                            in.optionalInt("playerEventsPerMinute"),
                            in.instant("at"))),
            Shape.configuration(
                    7,
                    "game.leaderboard-defined",
                    LeaderboardDefined.class,
                    (e, out) -> out.text("game", e.gameId().value())
                            .text("leaderboard", e.leaderboardId())
                            .text("operator", e.operator().name())
                            .text("order", e.order().name())
                            .text("reset", e.reset().name())
                            .instant("at", e.at()),
                    in -> new LeaderboardDefined(
                            new GameId(in.text("game")),
                            in.text("leaderboard"),
                            in.choice("operator", LeaderboardDefined.Operator.class),
                            in.choice("order", LeaderboardDefined.Order.class),
                            in.choice("reset", LeaderboardDefined.Reset.class),
                            in.instant("at"))));
}
