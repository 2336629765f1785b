package io.gamemetrics.infrastructure.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What a request is to keep of whom it erases, typed as one word.
 *
 * @param until the last day
 */
record Keep(String kind, String until, String ground) {

    static final String LABEL = "KIND:DAY:GROUND";
    static final String DESCRIPTION =
            "Keep this of them until the end of a day, for example \"PURCHASES:2033-12-31:section 147 AO\". The ground comes"
                    + " to stand in the certificate.";

    private static final int PARTS = 3;

    /** Reads one; what is in it the platform judges. */
    static final class Read implements ITypeConverter<Keep> {

        @Override
        public Keep convert(String typed) {
            String[] parts = typed.split(":", PARTS);
            if (parts.length < PARTS) {
                throw new TypeConversionException("must be like PURCHASES:2033-12-31:ground");
            }
            return new Keep(parts[0], parts[1], parts[2]);
        }
    }

    /** Puts them into the body of a request. */
    static void put(Map<String, Object> body, @Nullable List<Keep> keep) {
        if (keep != null && !keep.isEmpty()) {
            body.put(
                    "keep",
                    keep.stream()
                            .map(one -> Map.of("kind", one.kind, "until", one.until, "ground", one.ground))
                            .toList());
        }
    }
}
