package io.gamemetrics.queryside.datasubject;

import io.gamemetrics.infrastructure.privacy.SubjectRequestsReader.Seen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of requests; a request's cursor is its id. */
record DataSubjectRequestConnection(List<Edge> edges, PageEnds pageInfo) {

    record Edge(String cursor, Seen node) {}

    public List<Seen> nodes() {
        return edges.stream().map(Edge::node).toList();
    }

    /** @param found one more than asked for, when there are more */
    static DataSubjectRequestConnection of(List<Seen> found, int first, @Nullable String after) {
        List<Edge> edges = found.stream()
                .limit(first)
                .map(node -> new Edge(node.request().toString(), node))
                .toList();
        return new DataSubjectRequestConnection(
                edges,
                PageEnds.of(
                        after,
                        found.size() > first,
                        edges.stream().map(Edge::cursor).toList()));
    }
}
