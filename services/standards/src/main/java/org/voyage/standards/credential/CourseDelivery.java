package org.voyage.standards.credential;

/** Delivery of a course (contracts/reference/deliveries.csv). */
public enum CourseDelivery {
    ONLINE,
    CROSS_BORDER
}
