package io.gamemetrics.infrastructure.cli;

import java.io.InputStream;
import java.io.PrintWriter;

/**
 * Where a command reads and writes.
 *
 * @param out answers, nothing else: scripts read it
 * @param err progress and problems
 * @param watched whether a person looks at {@code err}, so that a line may be drawn over
 */
record Terminal(InputStream in, PrintWriter out, PrintWriter err, boolean watched) {}
