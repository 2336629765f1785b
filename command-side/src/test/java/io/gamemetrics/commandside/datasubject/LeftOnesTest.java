package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Erasures that were begun and that no request knows of: none is in another one's way. */
@ExtendWith(SharedCommandSide.class)
class LeftOnesTest {

    private static final int PAGE = 2;

    private TestCommandSide server;
    private PostgresVault vault;
    private RequestViews views;

    @BeforeEach
    void find() {
        server = SharedCommandSide.server();
        vault = server.context().getBean(PostgresVault.class);
        views = server.context().getBean(RequestViews.class);
    }

    @Test
    void allAreTakenUpHoweverManyThereAreAndWhateverBecomesOfOne() {
        Subject poisoned = begun(1).getFirst();
        // Whatever is kept for it is refused.
        vault.requestSecrets().destroy(LeftErasures.idOf(poisoned));
        List<Subject> others = new ArrayList<>(begun(2 * PAGE + 1));
        others.addAll(begun(PAGE));
        LeftErasures left = left();
        long before = vault.audit().head().entries();

        left.takeUp();

        assertThat(others).allSatisfy(subject -> assertThat(views.find(LeftErasures.idOf(subject)))
                .get()
                .isInstanceOf(RequestState.Executing.class));
        assertThat(views.find(LeftErasures.idOf(poisoned))).isEmpty();
        long after = vault.audit().head().entries();
        assertThat(after - before).isGreaterThanOrEqualTo(others.size() + 1);
        left.takeUp();
        left.takeUp();
        assertThat(vault.audit().head().entries())
                .as("the same wait is no news")
                .isEqualTo(after);
    }

    private LeftErasures left() {
        return new LeftErasures(vault, server.context().getBean(RequestCommands.class), views, Clock.systemUTC(), PAGE);
    }

    /** So many players of a new game, each of whom is about to be erased. */
    private Collection<Subject> begunIn(String game, int players) {
        String key = server.createGame(game);
        List<PlayerId> ids = IntStream.range(0, players)
                .mapToObj(i -> new PlayerId("left-" + i))
                .toList();
        ids.forEach(id -> server.events(game, key, "[" + event("e-" + id.value(), id.value()) + "]"));
        int number = vault.findGameNumber(new GameId(game)).orElseThrow();
        Collection<Subject> subjects = vault.findSubjects(number, ids).values();
        ids.forEach(id -> vault.erasures().begin(number, id));
        return subjects;
    }

    private List<Subject> begun(int players) {
        return List.copyOf(begunIn(SharedCommandSide.newGame(), players));
    }
}
