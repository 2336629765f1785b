package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.CustomReported;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Whether two events say the same: as their senders wrote them, after parsing. */
final class SameContent {

    private SameContent() {}

    static boolean of(PlayerEvent earlier, PlayerEvent later) {
        PlayerEvent one = earlier.asSent();
        PlayerEvent other = later.asSent();
        if (one instanceof CustomReported a && other instanceof CustomReported b) {
            return withExactNumbers(a).equals(withExactNumbers(b));
        }
        return one.equals(other);
    }

    /** A stored whole number comes back as the smallest type that holds it. */
    private static CustomReported withExactNumbers(CustomReported event) {
        Map<String, Object> fields = HashMap.newHashMap(event.fields().size());
        event.fields().forEach((name, value) -> fields.put(name, value instanceof Number n ? exact(n) : value));
        BigDecimal value = event.value();
        return new CustomReported(event.header(), event.name(), value == null ? null : exact(value), fields);
    }

    private static BigDecimal exact(Number number) {
        BigDecimal decimal = number instanceof BigDecimal d ? d : new BigDecimal(number.toString());
        return decimal.stripTrailingZeros();
    }
}
