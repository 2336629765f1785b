package io.gamemetrics.commandside.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What one code means.
 *
 * @param status of the answer it ends; absent for a code of a single event, whose request is answered 200
 * @param whatToDo for whoever gets it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProblemPage(String code, @Nullable Integer status, String title, String whatToDo) {}
