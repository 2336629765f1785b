package io.gamemetrics.infrastructure.eventcatalog;

import io.gamemetrics.sharedkernel.erasure.ErasureEvent.ErasedContribution;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.money.RevenueKind;
import java.time.LocalDate;
import java.util.List;

/** How what erasures leave behind lies in the store: number 90. */
final class ErasureShapes {

    private ErasureShapes() {}

    static final List<Shape<?>> ALL = List.of(Shape.reported(
            90,
            "erasure.contribution",
            ErasedContribution.class,
            (e, out) -> {
                out.text("game", e.gameId().value());
                writeRemainder(e.remainder(), out);
                out.instant("at", e.at());
            },
            in -> new ErasedContribution(new GameId(in.text("game")), readRemainder(in), in.instant("at"))));

    static void writeRemainder(Remainder remainder, FieldWriter out) {
        out.day("first", remainder.firstDay())
                .day("firstSession", remainder.firstSessionDay())
                .parts("days", remainder.days(), ErasureShapes::writeDay);
    }

    static Remainder readRemainder(FieldReader in) {
        return new Remainder(
                in.optionalDay("first"), in.optionalDay("firstSession"), in.parts("days", ErasureShapes::readDay));
    }

    private static void writeDay(Remainder.Day day, FieldWriter out) {
        Remainder.Segment segment = day.segment();
        out.day("d", day.day())
                .text("p", segment.platform())
                .text("c", segment.country())
                .text("v", segment.appVersion())
                .words("x", segment.experiments())
                .number("events", day.events())
                .number("sessions", day.sessions())
                .number("lengths", day.lengths())
                .whole("lengthMillis", day.lengthMillis())
                .number("purchases", day.purchases())
                .number("paid", day.paid())
                .parts("money", day.money(), ErasureShapes::writeAmount);
    }

    private static Remainder.Day readDay(FieldReader in) {
        return new Remainder.Day(
                LocalDate.parse(in.text("d")),
                new Remainder.Segment(in.optionalText("p"), in.optionalText("c"), in.optionalText("v"), in.words("x")),
                in.number("events"),
                in.number("sessions"),
                in.number("lengths"),
                in.whole("lengthMillis"),
                in.number("purchases"),
                in.number("paid"),
                in.parts("money", ErasureShapes::readAmount));
    }

    private static void writeAmount(Remainder.Amount amount, FieldWriter out) {
        out.text("kind", amount.kind().name())
                .text("currency", amount.currency())
                .whole("micros", amount.micros());
    }

    private static Remainder.Amount readAmount(FieldReader in) {
        return new Remainder.Amount(in.choice("kind", RevenueKind.class), in.text("currency"), in.whole("micros"));
    }
}
