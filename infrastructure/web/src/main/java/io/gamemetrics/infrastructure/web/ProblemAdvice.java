package io.gamemetrics.infrastructure.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns what handlers throw into problem documents. */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class ProblemAdvice {

    private final Problems problems;
    private final Faults faults;

    ProblemAdvice(Problems problems, Faults faults) {
        this.problems = problems;
        this.faults = faults;
    }

    @ExceptionHandler(Throwable.class)
    void answer(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure instanceof AsyncRequestNotUsableException) {
            // The caller hung up: nobody is left to answer.
            return;
        }
        if (failure instanceof ErrorResponse known) {
            copyHeaders(known.getHeaders(), response);
        }
        problems.write(request, response, refusalFor(failure));
    }

    private Refusal refusalFor(Throwable failure) {
        return switch (failure) {
            case MethodArgumentTypeMismatchException mismatch
            when isPathVariable(mismatch.getParameter()) -> new Refusal(RequestProblem.NOT_FOUND);
            case MethodArgumentTypeMismatchException mismatch ->
                new Refusal(
                        RequestProblem.PARAMETER_MALFORMED, "A parameter has the wrong form: " + mismatch.getName());
            case MissingRequestValueException _ -> new Refusal(RequestProblem.PARAMETER_MALFORMED);
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case ErrorResponse known ->
                new Refusal(RequestProblem.ofStatus(known.getStatusCode().value()));
            default -> faults.refusalFor(failure);
        };
    }

    /** Says where the body goes wrong, not what stands there. */
    private static Refusal unreadable(HttpMessageNotReadableException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal;
            }
            if (cause instanceof JsonProcessingException json && json.getLocation() != null) {
                return malformedAt(json.getLocation());
            }
        }
        return new Refusal(RequestProblem.BODY_MALFORMED);
    }

    private static Refusal malformedAt(JsonLocation place) {
        return new Refusal(RequestProblem.BODY_MALFORMED)
                .with("line", place.getLineNr())
                .with("column", place.getColumnNr());
    }

    private static boolean isPathVariable(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(PathVariable.class);
    }

    private static void copyHeaders(HttpHeaders headers, HttpServletResponse response) {
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }
}
