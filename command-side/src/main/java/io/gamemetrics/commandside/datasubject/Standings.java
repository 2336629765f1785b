package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestViews.Counted;
import io.gamemetrics.commandside.rounds.Rounds;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestStanding;
import io.gamemetrics.infrastructure.privacy.RequestStandings;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts down in the vault how far requests are, for who reads the vault and not their events: of each when a command was sent to
 * it, and once a minute of all that may have gone on, because whoever sent one may have died before. Safe for concurrent use;
 * every replica runs one, and two that do the same do no harm.
 */
public final class Standings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Standings.class);
    private static final Duration REST = Duration.ofMinutes(1);
    private static final int PAGE = 200;

    private final RequestViews views;
    private final RequestStandings standings;
    private final Rounds rounds = new Rounds("request-standings", REST, this::lookAfter);

    public Standings(RequestViews views, PostgresVault vault) {
        this.views = views;
        this.standings = vault.requestStandings();
    }

    public void start() {
        rounds.start();
    }

    /** Puts down how far a request is now. What was sent to it is done whether this succeeds or not. */
    void tell(UUID request) {
        try {
            put(List.of(request));
        } catch (RuntimeException e) {
            LOG.warn(
                    "how far a request is could not be put down, and is later: request={} {}",
                    request,
                    e.getClass().getSimpleName());
        }
    }

    /** Puts down how far those are that may have gone on. */
    void lookAfter() {
        UUID last = null;
        List<UUID> page;
        do {
            page = standings.unsettled(last, PAGE);
            put(page);
            last = page.isEmpty() ? last : page.getLast();
        } while (page.size() == PAGE && !rounds.isClosing());
    }

    private void put(Collection<UUID> requests) {
        views.counted(requests).forEach((request, counted) -> put(request, counted));
    }

    private void put(UUID request, Counted counted) {
        RequestState state = counted.state();
        standings.put(
                request,
                counted.events(),
                new RequestStanding(
                        state.request().kind().name(),
                        RequestDocument.phase(state),
                        state.request().games().stream()
                                .map(GameId::value)
                                .distinct()
                                .toList(),
                        state.request().games().size(),
                        state.request().receivedAt(),
                        state.dueAt(),
                        state.dueAt().isAfter(state.request().dueAt())),
                EndedStreams.isOver(state));
    }

    @Override
    public void close() {
        rounds.close();
    }
}
