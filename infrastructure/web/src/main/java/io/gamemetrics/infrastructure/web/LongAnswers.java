package io.gamemetrics.infrastructure.web;

import jakarta.servlet.http.HttpServletRequest;

/** Answers that go on for hours, as streams of events do. */
public final class LongAnswers {

    private static final String PLACE = LongAnswers.class.getName();

    private LongAnswers() {}

    /** The request gives its place among those worked on to another; whoever calls this bounds long answers himself. */
    public static void begin(HttpServletRequest request) {
        if (request.getAttribute(PLACE) instanceof Runnable release) {
            release.run();
        }
    }

    /** @param release gives the place back, once */
    static void onBegin(HttpServletRequest request, Runnable release) {
        request.setAttribute(PLACE, release);
    }
}
