package org.voyage.mobility.assignment;

/** Who receives teachers abroad. */
public enum HostKind {
    ENTERPRISE,
    OVERSEAS_SCHOOL,
    OVERSEAS_ORGANISATION
}
