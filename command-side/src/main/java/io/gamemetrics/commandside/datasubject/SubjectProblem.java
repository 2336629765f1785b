package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.web.ProblemType;
import io.gamemetrics.infrastructure.web.RequestProblem;

/** What can be wrong with a data subjects' request. */
public enum SubjectProblem implements ProblemType {
    FIELD_INVALID("request.field.invalid", 422, "A field's value is not allowed; the pointer says which."),
    TYPE_UNSUPPORTED(
            "request.type.unsupported", 422, "Requests of this type can't be made yet; ERASURE and EXPORT can."),
    KEEP_UNSUPPORTED("request.keep.unsupported", 422, "Only a request to erase keeps something, and only PURCHASES."),
    KEEP_CONFLICT(
            "request.keep.conflict",
            409,
            "An open request to erase one of these players keeps something else: refuse that one, or keep the same."),
    KEPT_STILL("request.keep.notOver", 409, "What is kept is kept until its day is over."),
    SUBJECTS_NUMBER("request.subjects.number", 422, "A request is of 1 to 1,000 different subjects."),
    EXISTS("request.exists", 409, "There is a request with this id already."),
    OVER("request.over", 409, "The request was refused or completed; nothing changes it any more."),
    BEING_DONE("request.executing", 409, "The request is being executed; nothing stops it any more."),
    NOT_BEING_DONE("request.notExecuting", 409, "The request is not being executed."),
    IDENTITY_UNCONFIRMED("request.identity.unconfirmed", 409, "It must be confirmed first who is asking."),
    HELD("request.held", 409, "The request is held; release it first."),
    EXTENDED("request.extended", 409, "A request is extended once."),
    EXTENSION_LATE("request.extension.late", 409, "A request is extended before it is due."),
    EXTENSION_LENGTH(
            "request.extension.length", 422, "A request is extended to a later day, by two months at the most."),
    SCAN_MISSING("request.scan.missing", 409, "Every subject must be purged and searched for first."),
    CERTIFICATE_MISSING("request.certificate.missing", 409, "The request is not completed, and so not certified."),
    EXPORT_SUBJECTS("request.export.subjects", 422, "An export is of 1 to 20 different subjects."),
    EXPORT_MISSING(
            "request.export.missing",
            409,
            "Nothing is ready: the request is no export, or not everything is gathered yet."),
    EXPORT_OVER("request.export.over", 410, "An export is kept for seven days; make another request."),
    NOT_ERASED("player.notErased", 409, "The player was not erased, or was readmitted already."),
    BEING_ERASED("player.beingErased", 409, "The player's erasure is not over; readmit them afterwards.");

    private final String code;
    private final int status;
    private final String title;

    SubjectProblem(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    /** What a caller is told of a broken rule. */
    static ProblemType of(RequestRule rule) {
        return switch (rule) {
            case REQUEST_IDS_ARE_UNIQUE -> EXISTS;
            case REQUEST_EXISTS, SUBJECT_IS_ONE_OF_THE_REQUEST -> RequestProblem.NOT_FOUND;
            case REQUEST_IS_NOT_OVER -> OVER;
            case REQUEST_IS_NOT_BEING_DONE -> BEING_DONE;
            case REQUEST_IS_BEING_DONE -> NOT_BEING_DONE;
            case IDENTITY_IS_CONFIRMED -> IDENTITY_UNCONFIRMED;
            case REQUEST_IS_NOT_HELD -> HELD;
            case REQUEST_IS_EXTENDED_ONCE -> EXTENDED;
            case REQUEST_IS_EXTENDED_IN_TIME -> EXTENSION_LATE;
            case EXTENSION_IS_AT_MOST_TWO_MONTHS -> EXTENSION_LENGTH;
            case EXPORT_IS_KEPT_FOR_SEVEN_DAYS -> EXPORT_MISSING;
            case WHAT_IS_KEPT_IS_KEPT_UNTIL_ITS_DAY -> KEPT_STILL;
            case SUBJECT_IS_PURGED_BEFORE_IT_IS_SCANNED, EVERYBODY_IS_SCANNED_BEFORE_THE_END -> SCAN_MISSING;
        };
    }
}
