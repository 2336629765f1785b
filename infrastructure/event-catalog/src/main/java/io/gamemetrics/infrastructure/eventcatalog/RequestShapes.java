package io.gamemetrics.infrastructure.eventcatalog;

import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExecutionOrdered;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExportEnded;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.IdentityConfirmed;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.KeptEnded;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Purged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestCompleted;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestExtended;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestHeld;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReceived;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestRefused;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReleased;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Searched;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectExported;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectKept;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectScanned;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** How the events of data subjects' requests lie in the store: numbers 200 to 299. */
final class RequestShapes {

    private RequestShapes() {}

    static final List<Shape<?>> ALL = List.of(
            Shape.reported(
                    200,
                    "request.received",
                    RequestReceived.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .text("kind", e.kind().name())
                            .words(
                                    "games",
                                    e.games().stream().map(GameId::value).toList())
                            .instant("received", e.receivedAt())
                            .instant("due", e.dueAt())
                            .instant("latest", e.latestAt())
                            .text("by", e.by())
                            .instant("at", e.at()),
                    in -> new RequestReceived(
                            request(in),
                            in.choice("kind", RequestKind.class),
                            in.words("games").stream().map(GameId::new).toList(),
                            in.instant("received"),
                            in.instant("due"),
                            in.instant("latest"),
                            in.text("by"),
                            in.instant("at"))),
            Shape.reported(
                    201,
                    "request.identity-confirmed",
                    IdentityConfirmed.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .text("by", e.by())
                            .instant("at", e.at()),
                    in -> new IdentityConfirmed(request(in), in.text("by"), in.instant("at"))),
            Shape.reported(
                    202,
                    "request.extended",
                    RequestExtended.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .instant("due", e.dueAt())
                            .text("by", e.by())
                            .instant("at", e.at()),
                    in -> new RequestExtended(request(in), in.instant("due"), in.text("by"), in.instant("at"))),
            Shape.reported(
                    203,
                    "request.refused",
                    RequestRefused.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .text("by", e.by())
                            .instant("at", e.at()),
                    in -> new RequestRefused(request(in), in.text("by"), in.instant("at"))),
            Shape.reported(
                    204,
                    "request.held",
                    RequestHeld.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .text("by", e.by())
                            .instant("at", e.at()),
                    in -> new RequestHeld(request(in), in.text("by"), in.instant("at"))),
            Shape.reported(
                    205,
                    "request.released",
                    RequestReleased.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .text("by", e.by())
                            .instant("at", e.at()),
                    in -> new RequestReleased(request(in), in.text("by"), in.instant("at"))),
            Shape.reported(
                    206,
                    "request.execution-ordered",
                    ExecutionOrdered.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .text("by", e.by())
                            .instant("at", e.at()),
                    in -> new ExecutionOrdered(request(in), in.text("by"), in.instant("at"))),
            Shape.reported(
                    207,
                    "request.subject-purged",
                    SubjectPurged.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .number("subject", e.subject())
                            .parts("purged", e.purged(), (one, part) -> part.text("kind", one.kind())
                                    .number("rows", one.rows()))
                            .instant("at", e.at()),
                    in -> new SubjectPurged(
                            request(in),
                            Math.toIntExact(in.number("subject")),
                            in.parts("purged", part -> new Purged(part.text("kind"), part.number("rows"))),
                            in.instant("at"))),
            new Shape<>(
                    new EventType(208, "request.subject-scanned", 2, SubjectScanned.class, false),
                    (e, out) -> out.text("request", e.requestId().toString())
                            .number("subject", e.subject())
                            .number("hits", e.hits())
                            .parts("searched", e.searched(), (one, part) -> part.text("store", one.store())
                                    .number("values", one.values())
                                    .number("bytes", one.bytes())
                                    .number("hits", one.hits()))
                            .instant("at", e.at()),
                    in -> new SubjectScanned(
                            request(in),
                            Math.toIntExact(in.number("subject")),
                            Math.toIntExact(in.number("hits")),
                            in.parts(
                                    "searched",
                                    part -> new Searched(
                                            part.text("store"),
                                            part.number("values"),
                                            part.number("bytes"),
                                            Math.toIntExact(part.number("hits")))),
                            in.instant("at")),
                    // Until then it was not told what was looked through.
                    List.of(UnaryOperator.identity())),
            Shape.reported(
                    209,
                    "request.completed",
                    RequestCompleted.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .text("certificate", e.certificate())
                            .instant("at", e.at()),
                    in -> new RequestCompleted(request(in), in.text("certificate"), in.instant("at"))),
            Shape.reported(
                    210,
                    "request.subject-exported",
                    SubjectExported.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .number("subject", e.subject())
                            .number("rows", e.rows())
                            .instant("at", e.at()),
                    in -> new SubjectExported(
                            request(in), Math.toIntExact(in.number("subject")), in.number("rows"), in.instant("at"))),
            Shape.reported(
                    211,
                    "request.export-ended",
                    ExportEnded.class,
                    (e, out) -> out.text("request", e.requestId().toString()).instant("at", e.at()),
                    in -> new ExportEnded(request(in), in.instant("at"))),
            Shape.reported(
                    212,
                    "request.subject-kept",
                    SubjectKept.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .number("subject", e.subject())
                            .text("kind", e.kind().name())
                            .number("records", e.records())
                            .day("until", e.until())
                            .instant("ends", e.endsAt())
                            .instant("at", e.at()),
                    in -> new SubjectKept(
                            request(in),
                            Math.toIntExact(in.number("subject")),
                            in.choice("kind", KeptKind.class),
                            in.number("records"),
                            in.day("until"),
                            in.instant("ends"),
                            in.instant("at"))),
            Shape.reported(
                    213,
                    "request.kept-ended",
                    KeptEnded.class,
                    (e, out) -> out.text("request", e.requestId().toString())
                            .number("subject", e.subject())
                            .text("kind", e.kind().name())
                            .instant("at", e.at()),
                    in -> new KeptEnded(
                            request(in),
                            Math.toIntExact(in.number("subject")),
                            in.choice("kind", KeptKind.class),
                            in.instant("at"))));

    private static UUID request(FieldReader in) {
        return UUID.fromString(in.text("request"));
    }
}
