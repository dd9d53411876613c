package org.voyage.mobility.assignment;

/** Kind of the organisation that receives teachers abroad. */
public enum HostKind {
    ENTERPRISE,
    OVERSEAS_SCHOOL,
    OVERSEAS_ORGANISATION
}
