package io.gamemetrics.queryside.limits;

import graphql.ExecutionResult;
import graphql.analysis.QueryTraverser;
import graphql.analysis.QueryVisitorFieldEnvironment;
import graphql.analysis.QueryVisitorStub;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import io.gamemetrics.infrastructure.web.TokenBucket;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryAborted;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Weighs each query before a field of it is read, and ends those that are too deep, too dear, or one too many. */
public final class CostInstrumentation extends SimplePerformantInstrumentation {

    private final QueryLimits limits;
    private final CallerBudgets budgets;

    public CostInstrumentation(QueryLimits limits) {
        this.limits = limits;
        this.budgets = new CallerBudgets(limits);
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, @Nullable InstrumentationState state) {
        ExecutionContext query = parameters.getExecutionContext();
        QueryCost asked = query.getGraphQLContext().get(QueryCost.class);
        Weight weight = weigh(query);
        asked.found(weight.cost());
        if (weight.depth() > limits.maxDepth()) {
            throw new QueryAborted(
                    ErrorCode.TOO_COMPLEX,
                    "The query is too deep: depth=" + weight.depth() + ", limit=" + limits.maxDepth());
        }
        if (weight.cost() > limits.maxCost()) {
            throw new QueryAborted(
                    ErrorCode.TOO_COMPLEX,
                    "The query asks for too much at once: cost=" + weight.cost() + ", limit=" + limits.maxCost());
        }
        TokenBucket.Grant grant = budgets.take(asked.caller(), weight.cost());
        asked.granted(grant);
        if (!grant.granted()) {
            throw QueryAborted.rateLimited(grant.waitSeconds());
        }
        return super.beginExecuteOperation(parameters, state);
    }

    private static Weight weigh(ExecutionContext query) {
        Weighing weighing = new Weighing();
        QueryTraverser.newQueryTraverser()
                .schema(query.getGraphQLSchema())
                .document(query.getDocument())
                .operationName(query.getExecutionInput().getOperationName())
                .coercedVariables(query.getCoercedVariables())
                .build()
                .visitPostOrder(weighing);
        return weighing.weight();
    }

    private record Weight(long cost, int depth) {}

    /** Children come before their parents. A cost never overflows: it stops growing. */
    private static final class Weighing extends QueryVisitorStub {

        private static final long ENOUGH = Long.MAX_VALUE / 4;

        private final Map<QueryVisitorFieldEnvironment, Long> children = new HashMap<>();
        private long total;
        private int depth;

        @Override
        public void visitField(QueryVisitorFieldEnvironment field) {
            long answered = Math.max(1, children.getOrDefault(field, 0L));
            long cost = plus(FieldCost.work(field), times(FieldCost.rows(field), answered));
            if (field.getParentEnvironment() == null) {
                total = plus(total, cost);
            } else {
                children.merge(field.getParentEnvironment(), cost, Weighing::plus);
            }
            depth = Math.max(depth, depthOf(field));
        }

        Weight weight() {
            return new Weight(total, depth);
        }

        private static int depthOf(QueryVisitorFieldEnvironment field) {
            int count = 0;
            for (QueryVisitorFieldEnvironment at = field; at != null; at = at.getParentEnvironment()) {
                count++;
            }
            return count;
        }

        private static long plus(long left, long right) {
            return Math.min(ENOUGH, left + right);
        }

        private static long times(long left, long right) {
            return right > ENOUGH / Math.max(1, left) ? ENOUGH : left * right;
        }
    }
}
