package io.gamemetrics.sharedkernel.privacy;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that says something about a person. It is held only encrypted, never printed, and gone with the
 * person's key. What is marked is what the data map calls by a name, and the build compares the two.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface PersonalData {

    /** What the field is used for, in the words of the record of processing. */
    String purpose() default "analytics";
}
