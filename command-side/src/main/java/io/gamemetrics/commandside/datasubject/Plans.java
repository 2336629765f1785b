package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.erasures.ErasurePlans;

/**
 * What plans are made with: who counts, and who shows what was counted.
 *
 * @param process to be started
 */
public record Plans(PlanDesk desk, PlanProcess process) {

    public static Plans over(PersonStores stores, RequestDesk desk, RequestViews views) {
        ErasurePlans plans = new ErasurePlans(stores.readModels());
        return new Plans(
                new PlanDesk(desk, stores.vault(), plans, stores.orders(), stores.versions()),
                new PlanProcess(
                        stores::prepare,
                        stores.vault().requestSecrets(),
                        views,
                        plans,
                        stores.orders(),
                        new PersonCounts(stores)));
    }
}
