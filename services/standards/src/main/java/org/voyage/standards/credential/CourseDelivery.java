package org.voyage.standards.credential;

/** How the course was given (contracts/reference/deliveries.csv). */
public enum CourseDelivery {
    ONLINE,
    CROSS_BORDER
}
