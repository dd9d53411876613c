package org.voyage.kit.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a resource method, or a resource class for all of its methods: this will go. Answers carry {@code Deprecation} (RFC
 * 9745), {@code Sunset} (RFC 8594) and a link to what comes instead, the OpenAPI document says so, and from the sunset
 * on the answer is 410.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Deprecation {
    /** The day from which nobody should begin to use it, {@code 2027-01-01} (UTC). */
    String since();

    /** The first day on which it is gone (UTC); empty while that is not decided. */
    String sunset() default "";

    /** Path of what comes instead; empty if nothing does. */
    String successor() default "";
}
