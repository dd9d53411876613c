package org.voyage.cooperation.agreement;

/** Parent record of a cooperative headcount: an institution or a programme. */
public interface CooperativeParent {

    Agreement agreement();
}
