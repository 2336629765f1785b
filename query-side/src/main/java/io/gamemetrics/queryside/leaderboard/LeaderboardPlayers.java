package io.gamemetrics.queryside.leaderboard;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.queryside.limits.Answers;
import io.gamemetrics.queryside.player.PlayerDirectory;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.stereotype.Controller;

/** Who the players of an answer's entries are: one look-up for all of them, as far as the caller may see. */
@Controller
public final class LeaderboardPlayers {

    private final PlayerDirectory players;

    LeaderboardPlayers(PlayerDirectory players) {
        this.players = players;
    }

    @BatchMapping(typeName = "LeaderboardEntry")
    Map<LeaderboardEntry, String> playerId(
            List<LeaderboardEntry> entries, @ContextValue(name = Answers.CALLER) Caller caller) {
        return lookUp(entries, (game, found) -> players.ids(caller, game, found));
    }

    @BatchMapping(typeName = "LeaderboardEntry")
    Map<LeaderboardEntry, String> displayName(
            List<LeaderboardEntry> entries, @ContextValue(name = Answers.CALLER) Caller caller) {
        return lookUp(entries, (game, found) -> players.displayNames(caller, game, found));
    }

    private static Map<LeaderboardEntry, String> lookUp(
            List<LeaderboardEntry> entries, BiFunction<GameId, Set<Pseudonym>, Map<Pseudonym, String>> directory) {
        Map<LeaderboardEntry, String> found = new HashMap<>();
        entries.stream().collect(Collectors.groupingBy(LeaderboardEntry::game)).forEach((game, here) -> {
            Map<Pseudonym, String> texts = directory.apply(
                    game, here.stream().map(LeaderboardEntry::player).collect(Collectors.toSet()));
            here.stream()
                    .filter(entry -> texts.containsKey(entry.player()))
                    .forEach(entry -> found.put(entry, texts.get(entry.player())));
        });
        return found;
    }
}
