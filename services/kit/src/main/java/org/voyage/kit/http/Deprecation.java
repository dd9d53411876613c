package org.voyage.kit.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Deprecation of a resource method, or of all methods of a resource class. Responses carry {@code Deprecation} (RFC
 * 9745), {@code Sunset} (RFC 8594) and a link to the successor. The OpenAPI document shows the deprecation. From the
 * sunset on the answer is 410.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Deprecation {
    /** Returns the first day of the deprecation, {@code 2027-01-01} (UTC). */
    String since();

    /** Returns the first day without the operation (UTC); empty while that is not decided. */
    String sunset() default "";

    /** Returns the path of the successor; empty if there is none. */
    String successor() default "";
}
