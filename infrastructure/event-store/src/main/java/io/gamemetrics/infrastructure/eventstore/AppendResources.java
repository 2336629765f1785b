package io.gamemetrics.infrastructure.eventstore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** What a command and the storage engine tell one another through the root unit of work. */
public final class AppendResources {

    private static final String APPENDED = AppendResources.class.getName() + ".appended";
    private static final String REJECTED = AppendResources.class.getName() + ".rejected";

    private AppendResources() {}

    /**
     * Where the events of this unit of work, or of the group it belongs to, went. Absent before the root's commit and
     * when there were none.
     */
    public static Optional<Appended> appended(UnitOfWork<?> unitOfWork) {
        return Optional.ofNullable(unitOfWork.root().getResource(APPENDED));
    }

    /**
     * Stores refused events in the transaction of the group's events. A unit of work that appends no event has no such
     * transaction: its refused events go to {@link RejectedEvents#append}.
     */
    public static void reject(UnitOfWork<?> unitOfWork, Collection<RejectedEvent> rejected) {
        List<RejectedEvent> all =
                unitOfWork.root().getOrComputeResource(REJECTED, key -> new ArrayList<RejectedEvent>());
        all.addAll(rejected);
    }

    static void appended(UnitOfWork<?> unitOfWork, Appended appended) {
        unitOfWork.root().resources().put(APPENDED, appended);
    }

    /** Takes the refused events out: they are stored once. */
    static List<RejectedEvent> takeRejected(UnitOfWork<?> unitOfWork) {
        Object rejected = unitOfWork.root().resources().remove(REJECTED);
        return rejected instanceof Collection<?> all
                ? all.stream().map(RejectedEvent.class::cast).toList()
                : List.of();
    }
}
