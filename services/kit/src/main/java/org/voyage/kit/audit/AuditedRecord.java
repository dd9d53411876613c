package org.voyage.kit.audit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Record type of a resource, in the singular; the audit entries of its refused writes carry it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AuditedRecord {
    String value();

    /** Returns whether the key in the path may name a person. The entry of a refused write then leaves the key out. */
    boolean personal() default false;
}
