package io.gamemetrics.infrastructure.web;

/** One kind of refusal: a stable code that clients may branch on, the same in every version. */
public interface ProblemType {

    /** Lower-case words joined by dots; also the last part of the document's {@code type} address. */
    String code();

    /** The HTTP status it is answered with, 400 to 599. */
    int status();

    /** One short sentence, the same for every occurrence. */
    String title();

    /** The address of its description: {@code /v1/problems/<code>}. */
    default String address() {
        return "/v1/problems/" + code();
    }
}
