package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.game.GameView;
import io.gamemetrics.commandside.game.GameViews;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.GameId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The way in for events, over HTTP. Bodies arrive here unpacked and within their limit. */
@RestController
@RequestMapping("/v1/games/{game}/events")
public final class EventsRestApi {

    private final GameViews games;
    private final EventIntake intake;
    private final RateLimits limits;

    public EventsRestApi(GameViews games, EventIntake intake, EventStore store) {
        this.games = games;
        this.limits = new RateLimits(store.allowances());
        this.intake = intake;
    }

    @PostMapping(consumes = "application/json", produces = "application/json")
    EventAnswer sendJson(
            Caller caller,
            @PathVariable GameId game,
            @RequestParam(name = "validateOnly", defaultValue = "false") boolean validateOnly,
            InputStream body,
            HttpServletResponse response)
            throws IOException {
        GameView view = allowed(caller, game, response);
        return send(view, EventBatch.ofJson(body.readAllBytes()), validateOnly, response);
    }

    @PostMapping(
            consumes = {"application/x-ndjson", "application/ndjson"},
            produces = "application/json")
    EventAnswer sendLines(
            Caller caller,
            @PathVariable GameId game,
            @RequestParam(name = "validateOnly", defaultValue = "false") boolean validateOnly,
            InputStream body,
            HttpServletResponse response)
            throws IOException {
        GameView view = allowed(caller, game, response);
        return send(view, EventBatch.ofLines(body.readAllBytes()), validateOnly, response);
    }

    private EventAnswer send(GameView game, EventBatch batch, boolean validateOnly, HttpServletResponse response) {
        limits.take(game, batch.events().size(), response);
        return intake.take(game, batch, validateOnly);
    }

    /** Before the body is read: whoever is out of tokens already is told so at once. */
    private GameView allowed(Caller caller, GameId game, HttpServletResponse response) {
        caller.require(Role.INGEST, game);
        GameView view = games.find(game).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
        limits.take(view, 0, response);
        return view;
    }
}
