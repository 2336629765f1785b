package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.game.GameViews;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Erases one player, the short way, and lets one back in, over HTTP. */
@RestController
@RequestMapping("/v1/games/{game}/players/{player}")
public final class PlayersRestApi {

    private final RequestDesk desk;
    private final GameViews games;
    private final PostgresVault vault;

    public PlayersRestApi(RequestDesk desk, GameViews games, PostgresVault vault) {
        this.desk = desk;
        this.games = games;
        this.vault = vault;
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    RequestDesk.Made erase(Caller caller, @PathVariable GameId game, @PathVariable("player") String player) {
        caller.require(Role.PRIVACY, game);
        return desk.eraseNow(
                caller, new Intake.Subject(game.value(), playerId(player).value()));
    }

    @PostMapping("/readmit")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void readmit(Caller caller, @PathVariable GameId game, @PathVariable("player") String player) {
        caller.require(Role.PRIVACY, game);
        int number = games.find(game)
                .orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND))
                .number();
        PlayerId id = playerId(player);
        vault.audit().append("player.readmit", null, null, caller.name());
        switch (vault.erasures().readmit(number, id)) {
            case READMITTED -> {}
            case NOT_ERASED -> throw new Refusal(SubjectProblem.NOT_ERASED);
            case BEING_ERASED -> throw new Refusal(SubjectProblem.BEING_ERASED);
        }
    }

    private static PlayerId playerId(String player) {
        try {
            return new PlayerId(player);
        } catch (IllegalArgumentException e) {
            throw new Refusal(RequestProblem.NOT_FOUND, "The game has no such player.");
        }
    }
}
