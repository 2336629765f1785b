package io.gamemetrics.infrastructure.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/** What a service adds to its problem documents; a bean of this type is found by itself. */
@FunctionalInterface
public interface ProblemMembers {

    /** More members for this request's document; empty for none. Values the caller sent don't belong here. */
    Map<String, Object> membersFor(HttpServletRequest request, Refusal refusal);
}
