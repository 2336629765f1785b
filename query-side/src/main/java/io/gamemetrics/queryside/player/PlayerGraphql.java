package io.gamemetrics.queryside.player;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.projections.playersstore.PlayersReader;
import io.gamemetrics.projections.playersstore.Profile;
import io.gamemetrics.queryside.game.GrantedGame;
import io.gamemetrics.queryside.limits.Answers;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** One player of a game. Every field below starts from a {@link Profile} of somebody who was not erased. */
@Controller
public final class PlayerGraphql {

    private final PlayersReader players;
    private final PlayerDirectory directory;

    public PlayerGraphql(PlayersReader players, PlayerDirectory directory) {
        this.players = players;
        this.directory = directory;
    }

    @SchemaMapping(typeName = "Game")
    public @Nullable Profile player(
            GrantedGame game, @Argument String id, @ContextValue(name = Answers.CALLER) Caller caller) {
        return find(caller, game.id(), id).orElse(null);
    }

    private Optional<Profile> find(Caller caller, GameId game, String id) {
        return directory
                .find(caller, game, id)
                .flatMap(player -> players.player(game, player))
                .filter(profile -> directory.knows(game, profile.person()));
    }

    @SchemaMapping(typeName = "Player")
    public @Nullable String id(Profile profile, @ContextValue(name = Answers.CALLER) Caller caller) {
        return directory.ids(caller, profile.game(), List.of(profile.person())).get(profile.person());
    }

    @SchemaMapping(typeName = "Player")
    public @Nullable String displayName(Profile profile, @ContextValue(name = Answers.CALLER) Caller caller) {
        return directory
                .displayNames(caller, profile.game(), List.of(profile.person()))
                .get(profile.person());
    }
}
