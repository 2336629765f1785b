/** What callers can read about the interface: OpenAPI, JSON Schema, and a page for each problem. */
@NullMarked
package io.gamemetrics.commandside.documents;

import org.jspecify.annotations.NullMarked;
