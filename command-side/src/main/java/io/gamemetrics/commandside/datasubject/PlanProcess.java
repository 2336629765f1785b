package io.gamemetrics.commandside.datasubject;

import static java.util.stream.Collectors.toMap;

import io.gamemetrics.commandside.datasubject.RequestState.Open;
import io.gamemetrics.commandside.rounds.Rounds;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasurePlans;
import io.gamemetrics.infrastructure.erasures.ErasurePlans.Plan;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts for the plans somebody asked for, some subjects at a time, on a thread of its own so that no erasure waits. Every
 * replica runs one; two that count the same do no harm. A plan is forgotten after an {@link #KEPT hour}, or when its request
 * is not open any more.
 */
public final class PlanProcess implements AutoCloseable {

    /** So long a plan says what was counted. */
    static final Duration KEPT = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(PlanProcess.class);
    private static final Duration REST = Duration.ofMillis(250);
    private static final int MOST_PLANS = 100;

    /** The refused events are read once for so many subjects. */
    private static final int AT_ONCE = 50;

    private final Runnable prepare;
    private final RequestSecrets secrets;
    private final RequestViews views;
    private final ErasurePlans plans;
    private final ErasureOrders orders;
    private final PersonCounts counts;
    private boolean isPrepared;

    /** The request of the last plan that was looked at; absent: the first is next. */
    private @Nullable UUID last;

    private final Rounds rounds = new Rounds("plans", REST, this::round);

    /** @param prepare makes the tables of plans, before the first is looked for */
    PlanProcess(
            Runnable prepare,
            RequestSecrets secrets,
            RequestViews views,
            ErasurePlans plans,
            ErasureOrders orders,
            PersonCounts counts) {
        this.prepare = prepare;
        this.secrets = secrets;
        this.views = views;
        this.plans = plans;
        this.orders = orders;
        this.counts = counts;
    }

    public void start() {
        rounds.start();
    }

    private void round() {
        if (!isPrepared) {
            prepare.run();
            isPrepared = true;
        }
        plans.forgetOlderThan(KEPT);
        List<Plan> page = plans.all(last, MOST_PLANS);
        // Those behind them come next, whether these can be counted or not.
        last = page.size() < MOST_PLANS ? null : page.getLast().request();
        page.forEach(this::goOn);
    }

    private void goOn(Plan plan) {
        try {
            Optional<Intake> intake = secrets.find(plan.request(), Intake.NAME).map(Intake::ofBytes);
            if (intake.isEmpty() || !(views.find(plan.request()).orElse(null) instanceof Open)) {
                plans.forget(plan.request());
                return;
            }
            count(plan, intake.get());
        } catch (RuntimeException e) {
            // The other plans go on; this one is taken up again at the next round.
            LOG.warn(
                    "a plan could not be counted, and is again: request={} {}",
                    plan.request(),
                    e.getClass().getSimpleName());
        }
    }

    private void count(Plan plan, Intake intake) {
        List<Intake.Subject> subjects = intake.subjects();
        Set<Integer> counted = PersonCounts.counted(orders.answers(plan.plan(), Step.PLAN));
        List<Integer> open = IntStream.range(0, subjects.size())
                .filter(subject -> !counted.contains(subject))
                .boxed()
                .toList();
        for (int from = 0; from < open.size() && !rounds.isClosing(); from += AT_ONCE) {
            counts.count(
                    plan.plan(),
                    open.subList(from, Math.min(from + AT_ONCE, open.size())).stream()
                            .collect(toMap(Function.identity(), subjects::get)),
                    intake.keep());
        }
    }

    /** Ends after the subjects it is at. */
    @Override
    public void close() {
        rounds.close();
    }
}
