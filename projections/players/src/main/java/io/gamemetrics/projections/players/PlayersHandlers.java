package io.gamemetrics.projections.players;

import io.gamemetrics.projections.playersstore.PlayerFold;
import io.gamemetrics.projections.playersstore.PlayersBatch;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.ExchangeRatesSet;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.money.RevenueKind;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AchievementUnlocked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.AdViewed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.Erased;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErrorReported;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ItemInteracted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerRegistered;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ProgressionMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade.SettledRefund;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ResourceFlowed;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded.KnownStart;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;

/** What each event means for its player's profile. Nothing is joined or looked up: the aggregate has decided it. */
final class PlayersHandlers {

    private static final int NO_PLAYER = -1;

    private final PlayersBatch players;
    private final NameSeal seal;

    PlayersHandlers(PlayersBatch players, NameSeal seal) {
        this.players = players;
        this.seal = seal;
    }

    @EventHandler
    void on(GameCreated event, EventPlace place) {
        players.game(
                place.gameNumber(),
                event.gameId().value(),
                event.timeZone(),
                event.currency().getCurrencyCode(),
                event.activeBy() == ActiveBy.ANY_EVENT,
                place.position());
    }

    @EventHandler
    void on(GameChanged event, EventPlace place) {
        players.game(
                place.gameNumber(),
                event.gameId().value(),
                event.timeZone(),
                event.currency().getCurrencyCode(),
                event.activeBy() == ActiveBy.ANY_EVENT,
                place.position());
    }

    @EventHandler
    void on(ExchangeRatesSet event, EventPlace place) {
        event.rates()
                .forEach((currency, rate) -> players.rate(
                        place.gameNumber(), currency.getCurrencyCode(), event.day(), rate, place.position()));
    }

    @EventHandler
    void on(PlayerRegistered event, EventPlace place) {
        String name = event.displayName();
        seen(event.header(), place)
                .registered(
                        event.header().occurredAt(),
                        place.sequence(),
                        name == null ? null : seal.seal(place.stream(), name),
                        event.acquisition());
    }

    @EventHandler
    void on(SessionStarted event, EventPlace place) {
        PlayerFold player = seen(event.header(), place);
        player.sessionStarted(event.header().occurredAt());
        if (event.lengthMillis() != null) {
            player.sessionLength(event.lengthMillis());
        }
    }

    @EventHandler
    void on(SessionEnded event, EventPlace place) {
        PlayerFold player = seen(event.header(), place);
        KnownStart start = event.started();
        if (start != null) {
            player.sessionLength(start.lengthMillis());
        }
    }

    @EventHandler
    void on(ProgressionMade event, EventPlace place) {
        seen(event.header(), place);
    }

    @EventHandler
    void on(ScoreSubmitted event, EventPlace place) {
        seen(event.header(), place);
    }

    @EventHandler
    void on(PurchaseMade event, EventPlace place) {
        seen(event.header(), place).purchased();
        money(place, RevenueKind.IN_APP, event.price(), event.header().occurredAt());
        String currency = event.price().currency().getCurrencyCode();
        for (SettledRefund refund : event.settles()) {
            players.money(place.stream(), RevenueKind.REFUNDS, currency, refund.micros(), refund.occurredAt());
        }
    }

    @EventHandler
    void on(PurchaseRefunded event, EventPlace place) {
        seen(event.header(), place);
        if (event.settled() != null) {
            money(
                    place,
                    RevenueKind.REFUNDS,
                    event.settled().amount(),
                    event.header().occurredAt());
        }
    }

    @EventHandler
    void on(ResourceFlowed event, EventPlace place) {
        seen(event.header(), place);
    }

    @EventHandler
    void on(AdViewed event, EventPlace place) {
        seen(event.header(), place);
        if (event.revenue() != null) {
            money(place, RevenueKind.ADS, event.revenue(), event.header().occurredAt());
        }
    }

    @EventHandler
    void on(ItemInteracted event, EventPlace place) {
        seen(event.header(), place);
    }

    @EventHandler
    void on(AchievementUnlocked event, EventPlace place) {
        seen(event.header(), place).achieved();
    }

    @EventHandler
    void on(PlayerLinked event, EventPlace place) {
        seen(event.header(), place);
    }

    /** Said of the player, not done by them: they are not seen. */
    @EventHandler
    void on(LinkedToPlayer event, EventPlace place) {
        players.player(place.gameNumber(), place.stream())
                .linkedTo(event.person().value());
    }

    @EventHandler
    void on(Erased event, EventPlace place) {
        players.erased(place.stream());
    }

    @EventHandler
    void on(ErrorReported event, EventPlace place) {
        if (place.playerNumber() != NO_PLAYER) {
            seen(event.header(), place);
        }
    }

    @EventHandler
    void on(CustomReported event, EventPlace place) {
        if (place.playerNumber() != NO_PLAYER) {
            seen(event.header(), place);
        }
    }

    private PlayerFold seen(EventHeader header, EventPlace place) {
        Dimensions said = header.dimensions();
        return players.player(place.gameNumber(), place.stream())
                .seen(header.occurredAt(), place.sequence(), said.platform(), said.country(), said.appVersion());
    }

    private void money(EventPlace place, RevenueKind kind, Money amount, Instant at) {
        players.money(place.stream(), kind, amount.currency().getCurrencyCode(), amount.micros(), at);
    }
}
