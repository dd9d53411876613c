package org.voyage.kit.audit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The type of record that a resource is about, in the singular; its refused writes are found under it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AuditedRecord {
    String value();

    /** Whether a person may be named where the key belongs: then an entry of a refused write leaves the key out. */
    boolean personal() default false;
}
