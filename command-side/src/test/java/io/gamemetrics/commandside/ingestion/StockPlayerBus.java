package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.player.KnownEvents;
import io.gamemetrics.commandside.player.OtherPlayers;
import io.gamemetrics.commandside.player.Player;
import io.gamemetrics.commandside.player.UnattributedEvents;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.PostgresStorageEngine;
import io.gamemetrics.infrastructure.privacy.Vault;
import java.util.List;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.axonframework.serialization.json.JacksonSerializer;
import org.jspecify.annotations.Nullable;

/** The same aggregates on Axon's own command bus and repositories: what the lanes have to agree with. */
final class StockPlayerBus {

    private StockPlayerBus() {}

    static CommandBus of(EventStore store, EventCodec codec, Vault vault) {
        EmbeddedEventStore events = EmbeddedEventStore.builder()
                .storageEngine(new PostgresStorageEngine(store, codec, JacksonSerializer.defaultSerializer()))
                .build();
        CommandBus bus = AsynchronousCommandBus.builder().build();
        KnownEvents known = new StoredHistory(store, codec, vault);
        @SuppressWarnings({"unchecked", "rawtypes"}) // A cell for what the lambda before it needs after it.
        Repository<Player>[] players = new Repository[1];
        OtherPlayers others = (linked, half, validateOnly) -> {
            try {
                return players[0]
                        .loadOrCreate(linked.toString(), Player::new)
                        .invoke(player -> player.link(linked, half, validateOnly));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        players[0] = subscribe(Player.class, events, bus, null, known, others);
        Repository<UnattributedEvents> unattributed =
                subscribe(UnattributedEvents.class, events, bus, null, known, others);
        if (unattributed == null) {
            throw new IllegalStateException("subscribed nothing");
        }
        return bus;
    }

    /** @param cache of aggregates; absent: each is read anew for each command */
    static <A> Repository<A> subscribe(
            Class<A> type,
            EmbeddedEventStore events,
            CommandBus bus,
            @Nullable Cache cache,
            KnownEvents known,
            OtherPlayers others) {
        ParameterResolverFactory parameters = MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(type),
                new SimpleResourceParameterResolverFactory(List.of(known, others)));
        Repository<A> repository = EventSourcingRepository.builder(type)
                .eventStore(events)
                .cache(cache)
                .parameterResolverFactory(parameters)
                .build();
        AggregateAnnotationCommandHandler.<A>builder()
                .aggregateType(type)
                .repository(repository)
                .parameterResolverFactory(parameters)
                .build()
                .subscribe(bus);
        return repository;
    }
}
