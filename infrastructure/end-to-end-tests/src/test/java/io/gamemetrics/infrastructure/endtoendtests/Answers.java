package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What the platform answers about intendo, held against what it must be, to the last digit. */
final class Answers {

    private static final String FIELDS = """
            dailyMetrics(from: "2015-01-01", to: "2015-12-31") {
              day dau newPlayers sessions meanSessionSeconds purchases payers
              revenue { totalMicros iapMicros adMicros refundMicros }
            }
            summary(from: "2015-01-01", to: "2015-12-31") {
              players newPlayers payers sessions meanSessionSeconds purchases dauSum arpdauMicros
              revenue { totalMicros iapMicros adMicros refundMicros }
            }
            retention(from: "2015-01-01", to: "2015-12-31", days: [1, 3, 7, 14, 30]) {
              through summary { day observed returned }
            }
            revenueByItem(from: "2015-01-01", to: "2015-12-31", first: 3) { itemId itemType revenueMicros }
            """;

    private Answers() {}

    /** @param position from which on the numbers must hold everything */
    static void mustBeExact(CommandLine commandLine, String position) throws Exception {
        JsonNode game = ask(commandLine, position);
        assertThat(days(game)).containsExactlyElementsOf(Intendo.days());

        JsonNode summary = game.path("summary");
        assertThat(summary.path("players").asLong()).isEqualTo(1_231);
        assertThat(summary.path("newPlayers").asLong()).isEqualTo(1_231);
        assertThat(summary.path("payers").asLong()).isEqualTo(1_080);
        assertThat(summary.path("sessions").asLong()).isEqualTo(61_465);
        assertThat(summary.path("purchases").asLong()).isEqualTo(47_948);
        assertThat(summary.path("dauSum").asLong()).isEqualTo(44_482);
        assertThat(summary.path("arpdauMicros").asText()).isEqualTo("23010365");
        // 22.069786 minutes, of whose sixth decimal the seconds know one digit more
        assertThat(Double.parseDouble(summary.path("meanSessionSeconds").asText()) / 60)
                .isCloseTo(22.069786, org.assertj.core.data.Offset.offset(0.0000005));
        JsonNode revenue = summary.path("revenue");
        assertThat(revenue.path("totalMicros").asText()).isEqualTo("1023547041000");
        assertThat(revenue.path("iapMicros").asText()).isEqualTo("973240433000");
        assertThat(revenue.path("adMicros").asText()).isEqualTo("50306608000");
        assertThat(revenue.path("refundMicros").asText()).isEqualTo("0");

        assertThat(game.path("retention").path("through").asText()).isEqualTo("2015-12-31");
        assertThat(retention(game))
                .containsExactly(
                        "1: 900 of 1228", "3: 657 of 1226", "7: 465 of 1221", "14: 305 of 1202", "30: 216 of 1148");
        assertThat(items(game))
                .containsExactly("gems5 iap 226741557000", "gems4 iap 118966169000", "gold6 iap 109457754000");
    }

    /** Every day of the year as it was answered, from numbers that hold everything up to that position. */
    static List<Intendo.Day> days(CommandLine commandLine, String position) throws Exception {
        return days(ask(commandLine, position));
    }

    private static List<Intendo.Day> days(JsonNode game) {
        List<Intendo.Day> days = new ArrayList<>();
        game.path("dailyMetrics").forEach(day -> days.add(day(day)));
        return days;
    }

    private static JsonNode ask(CommandLine commandLine, String position) throws Exception {
        try (Client client = Client.of(commandLine.data())) {
            return client.game("intendo", position, FIELDS);
        }
    }

    private static Intendo.Day day(JsonNode day) {
        JsonNode mean = day.path("meanSessionSeconds");
        assertThat(day.path("revenue").path("totalMicros").asLong())
                .isEqualTo(day.path("revenue").path("iapMicros").asLong()
                        + day.path("revenue").path("adMicros").asLong());
        return new Intendo.Day(
                LocalDate.parse(day.path("day").asText()),
                day.path("dau").asLong(),
                day.path("newPlayers").asLong(),
                day.path("sessions").asLong(),
                mean.isNull() ? null : mean.asText(),
                day.path("purchases").asLong(),
                day.path("payers").asLong(),
                day.path("revenue").path("iapMicros").asLong(),
                day.path("revenue").path("adMicros").asLong());
    }

    private static List<String> retention(JsonNode game) {
        List<String> lines = new ArrayList<>();
        game.path("retention")
                .path("summary")
                .forEach(point -> lines.add(point.path("day").asText() + ": "
                        + point.path("returned").asText() + " of "
                        + point.path("observed").asText()));
        return lines;
    }

    private static List<String> items(JsonNode game) {
        List<String> lines = new ArrayList<>();
        game.path("revenueByItem")
                .forEach(item -> lines.add(item.path("itemId").asText() + " "
                        + item.path("itemType").asText() + " "
                        + item.path("revenueMicros").asText()));
        return lines;
    }
}
