package io.gamemetrics.commandside.quarantine;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.replays.QuarantineOrders;
import io.gamemetrics.infrastructure.replays.QuarantineRefused;
import io.gamemetrics.infrastructure.replays.Quarantines;
import io.gamemetrics.infrastructure.replays.WaitingStream;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Everything there is to say and to ask about streams that wait, with refusals as problems. Safe for concurrent use. */
public final class QuarantineDesk {

    static final int MOST_INSPECTED = 100;

    private static final int MOST_ORDERS = 100;

    private final Quarantines quarantines;
    private final QuarantineOrders orders;
    private final EventStore store;

    /** @param database the read models' */
    public QuarantineDesk(DataSource database, EventStore store) {
        this.quarantines = new Quarantines(database);
        this.orders = new QuarantineOrders(database);
        this.store = store;
    }

    WaitingDocument.Page list(@Nullable String projection, @Nullable String cause, long after, int most) {
        List<WaitingStream> waiting = quarantines.list(projection, cause, after, most);
        String next =
                waiting.size() < most ? null : Long.toString(waiting.getLast().id());
        return new WaitingDocument.Page(
                waiting.stream().map(WaitingDocument::of).toList(), next);
    }

    List<WaitingDocument.Inspected> inspect(String projection, UUID stream) {
        List<WaitingStream> waiting = quarantines.of(projection, stream);
        if (waiting.isEmpty()) {
            throw new Refusal(RequestProblem.NOT_FOUND);
        }
        return waiting.stream().map(this::inspected).toList();
    }

    UUID retry(NewOrder wanted, String actor) {
        String projection = wanted.projectionName();
        if (wanted.isForOneStream()) {
            UUID stream = wanted.streamId();
            return ordered(() -> orders.retry(projection, stream, actor));
        }
        String cause = wanted.causeWord();
        return ordered(() -> orders.retryAll(projection, cause, actor));
    }

    UUID skip(NewOrder wanted, String actor) {
        String projection = wanted.projectionName();
        UUID stream = wanted.streamId();
        String why = wanted.why();
        return ordered(() -> orders.skip(projection, stream, wanted.place(), why, actor));
    }

    OrderDocument order(UUID id) {
        return orders.find(id).map(OrderDocument::of).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
    }

    List<OrderDocument.Listed> latest() {
        return orders.latest(MOST_ORDERS).stream().map(OrderDocument.Listed::of).toList();
    }

    private WaitingDocument.Inspected inspected(WaitingStream waiting) {
        int most = (int) Math.min(waiting.events(), MOST_INSPECTED);
        return new WaitingDocument.Inspected(
                WaitingDocument.of(waiting),
                store.readStream(waiting.stream(), waiting.sequence(), most).stream()
                        .map(event -> WaitingDocument.Event.of(event, waiting))
                        .toList());
    }

    private static UUID ordered(Supplier<UUID> ordering) {
        try {
            return ordering.get();
        } catch (QuarantineRefused e) {
            throw switch (e.reason()) {
                case NOTHING_WAITS -> new Refusal(RequestProblem.NOT_FOUND);
                case ORDERED -> new Refusal(QuarantineProblem.ORDERED);
                case WHICH -> new Refusal(QuarantineProblem.WHICH);
                case OTHER_EVENT -> new Refusal(QuarantineProblem.OTHER_EVENT);
            };
        }
    }
}
