package io.gamemetrics.commandside.datasubject;

import static java.util.stream.Collectors.toSet;

import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestViews.Counted;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Games whose begun erasures are left alone for now: a request is being executed there; or one that keeps something can't be
 * read by this build, or the event store lacks events of it, so that it may be. Whoever erased without it would destroy what a
 * law keeps.
 *
 * @param all every game: what a request keeps can't be read
 */
record BusyGames(Set<GameId> games, boolean all) {

    private static final Logger LOG = LoggerFactory.getLogger(BusyGames.class);
    private static final int PAGE = 200;

    static BusyGames of(PostgresVault vault, RequestViews views) {
        RequestSecrets secrets = vault.requestSecrets();
        Set<GameId> games = executing(secrets, views);
        List<UUID> keeping = secrets.keeping();
        Map<UUID, Counted> counted = views.counted(keeping);
        boolean all = false;
        for (UUID request : keeping) {
            try {
                if (isUnknown(secrets, request, counted.get(request))) {
                    // Without one it was never made.
                    secrets.find(request, Intake.NAME)
                            .map(Intake::ofBytes)
                            .ifPresent(intake -> intake.subjects().stream()
                                    .filter(subject -> isHere(vault, subject))
                                    .forEach(subject -> games.add(subject.gameId())));
                }
            } catch (RuntimeException e) {
                LOG.error(
                        "a request that keeps something can't be read, and no erasure is taken up: request={} {}",
                        request,
                        e.getClass().getSimpleName());
                all = true;
            }
        }
        return new BusyGames(games, all);
    }

    boolean has(GameId game) {
        return all || games.contains(game);
    }

    /** @param counted as the event store has it; absent: it has none, or this build can't read it */
    private static boolean isUnknown(RequestSecrets secrets, UUID request, @Nullable Counted counted) {
        return counted == null
                || secrets.find(request, RequestSecrets.STREAM)
                        .map(CopiedEvent::listOf)
                        .filter(copied -> copied.size() > counted.events())
                        .isPresent();
    }

    /** Of whoever is purged all was kept before, and of the person's other players. */
    private static boolean isHere(PostgresVault vault, Intake.Subject subject) {
        int game = vault.findGameNumber(subject.gameId()).orElseThrow();
        return !vault.findSubjects(game, List.of(subject.playerId())).isEmpty();
    }

    private static Set<GameId> executing(RequestSecrets secrets, RequestViews views) {
        Set<GameId> games = new HashSet<>();
        UUID last = null;
        List<UUID> page;
        do {
            page = secrets.requests(true, last, PAGE);
            Set<UUID> taken = page.stream().collect(toSet());
            views.find(taken).forEach((request, state) -> {
                if (state instanceof Executing) {
                    games.addAll(state.request().games());
                }
            });
            last = page.isEmpty() ? null : page.getLast();
        } while (page.size() == PAGE);
        return games;
    }
}
