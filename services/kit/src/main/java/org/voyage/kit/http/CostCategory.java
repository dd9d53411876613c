package org.voyage.kit.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Category of cost of a resource method, or of all methods of a resource. Without it a request is {@link
 * RequestCost#SMALL}, and {@link RequestCost#LARGE} if it asks for a long page.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface CostCategory {
    RequestCost value();
}
