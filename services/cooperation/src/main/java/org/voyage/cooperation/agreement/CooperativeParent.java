package org.voyage.cooperation.agreement;

/** What students are counted for: an institution or a programme. */
public interface CooperativeParent {

    Agreement agreement();
}
