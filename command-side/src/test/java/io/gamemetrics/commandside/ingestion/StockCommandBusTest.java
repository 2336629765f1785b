package io.gamemetrics.commandside.ingestion;

import org.axonframework.commandhandling.CommandBus;

/** Axon's own bus: if the suite failed here, it would ask for something that is not the aggregates' doing. */
class StockCommandBusTest extends CommandBusConformance {

    @Override
    CommandBus bus() {
        return StockPlayerBus.of(store, codec, vault);
    }
}
