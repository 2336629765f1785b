package io.gamemetrics.commandside.search;

import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.commandside.rounds.Rounds;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasuresSchema;
import io.gamemetrics.infrastructure.erasures.Gathering;
import io.gamemetrics.infrastructure.eventcatalog.VaultEventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstream.WholeTopic;
import io.gamemetrics.infrastructure.privacy.KeptRecords;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.readstore.SharedSearch;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the stores no projection keeps, for persons who were erased, and answers as projections do. A store is read
 * once for all who wait; who comes meanwhile waits for the next time. Of several processes one does it at a time. Pseudonyms
 * are not looked for: events and what is kept of them stay under these, and lead to nobody.
 */
public final class StoreSearches implements AutoCloseable {

    /** All of them answer as this version. */
    private static final int VERSION = 1;

    private static final int MOST_ORDERS = 200;
    private static final Duration REST = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(StoreSearches.class);

    private final List<SearchedStore> stores;
    private final DataSource readModels;
    private final ErasureOrders orders;
    private final RequestSecrets secrets;
    private final Gathering gathering = new Gathering();
    private final Rounds rounds = new Rounds("erasure-searches", REST, this::round);

    /**
     * Of one platform's stores.
     *
     * @param events the event store's database, for tables it does not know
     * @param vaultRows the vault's, likewise
     * @param stream absent where there is no Kafka
     */
    public static StoreSearches of(
            DataSource readModels,
            DataSource events,
            DataSource vaultRows,
            @Nullable WholeTopic stream,
            EventStore store,
            RejectedLog refused,
            PostgresVault vault) {
        // A key on lease here would open what was erased, and the certificate would say for ever that it was found.
        EventCodec codec = new VaultEventCodec(vault.withoutLeases());
        return new StoreSearches(
                stores(readModels, events, vaultRows, stream, store, codec, refused, vault),
                readModels,
                vault.requestSecrets());
    }

    static List<SearchedStore> stores(
            DataSource readModels,
            DataSource events,
            DataSource vaultRows,
            @Nullable WholeTopic stream,
            EventStore store,
            EventCodec codec,
            RejectedLog refused,
            PostgresVault vault) {
        List<SearchedStore> stores = new ArrayList<>(List.of(
                new EventsSearch(store, codec),
                new SnapshotsSearch(store, codec),
                new RefusedSearch(refused, vault),
                new KeptSearch(vault),
                new DatabaseSearch(
                        "event-store", events, "public", Set.of("events", "snapshot", "rejected_event", "stream_key")),
                new DatabaseSearch("replays", readModels, ReplaysSchema.NAME, Set.of()),
                new DatabaseSearch("erasures", readModels, ErasuresSchema.NAME, Set.of()),
                new DatabaseSearch("vault", vaultRows, "public", Set.of())));
        if (stream != null) {
            stores.add(new StreamSearch(stream, codec));
        }
        return stores;
    }

    StoreSearches(List<SearchedStore> stores, DataSource readModels, RequestSecrets secrets) {
        this.stores = List.copyOf(stores);
        this.readModels = readModels;
        this.orders = new ErasureOrders(readModels);
        this.secrets = secrets;
    }

    /** The place in an answer at which something was found in what is kept. */
    public static String placeOf(KeptRecords.Kept kept) {
        return KeptSearch.NAME + " " + KeptSearch.place(kept);
    }

    /** Who has to have answered before an erasure is proven. */
    public List<String> names() {
        return stores.stream().map(SearchedStore::name).toList();
    }

    /** Begins; the orders' tables need not be there yet. */
    public void start() {
        rounds.start();
    }

    private void round() throws InterruptedException {
        for (SearchedStore store : stores) {
            attend(store);
        }
    }

    private void attend(SearchedStore store) throws InterruptedException {
        try {
            if (orders.open(Step.SCAN, store.name(), 1).isEmpty() || !gathering.isOver(store.name(), orders)) {
                return;
            }
            SearchTurn.whileHeld(readModels, store.name(), () -> search(store));
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            // Asked again at the next look, also where memory did not suffice: no other thread would. What failed may
            // repeat
            // what is looked for.
            LOG.warn(
                    "{} could not be searched, and is again: {}",
                    store.name(),
                    e.getClass().getSimpleName());
        }
    }

    private void search(SearchedStore store) throws Exception {
        List<SharedSearch<ErasureOrder>> all = new ArrayList<>();
        for (ErasureOrder order : orders.open(Step.SCAN, store.name(), MOST_ORDERS)) {
            all.add(new SharedSearch<>(order, texts(order)));
        }
        for (List<SharedSearch<ErasureOrder>> pass : SharedSearch.passes(all)) {
            if (rounds.isClosing()) {
                return;
            }
            var answers = SharedSearch.together(pass, needles -> {
                Places found = new Places(store.name(), needles);
                store.search(needles, found);
                return found.hits();
            });
            for (var found : answers) {
                orders.answer(
                        found.owner(),
                        ErasureAnswer.searched(
                                store.name(), VERSION, found.hits(), found.searchedValues(), found.searchedBytes()));
            }
        }
    }

    private List<String> texts(ErasureOrder order) {
        var pseudonyms = order.streams().stream().map(UUID::toString).collect(Collectors.toSet());
        return secrets.needles(order.request(), order.subject()).stream()
                .filter(text -> !pseudonyms.contains(text))
                .toList();
    }

    /** Ends after what is being read; that is broken off when it takes long. */
    @Override
    public void close() {
        rounds.close();
    }
}
