package io.gamemetrics.projections.livetail;

import io.gamemetrics.sharedkernel.money.Money;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an event says besides its header, as texts under the names it was sent with. What was not sent is left out. */
final class Facts {

    private final Map<String, String> values = new LinkedHashMap<>();

    Facts with(String name, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case BigDecimal number -> values.put(name, number.toPlainString());
            case Enum<?> word -> values.put(name, word.name().toLowerCase(Locale.ROOT));
            case Object other -> values.put(name, other.toString());
        }
        return this;
    }

    Facts with(String microsName, @Nullable Money money) {
        return money == null
                ? this
                : with("currency", money.currency().getCurrencyCode()).with(microsName, (Object) money.micros());
    }

    Map<String, String> values() {
        return values;
    }
}
