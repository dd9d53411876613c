/** The cooperative institution (中外合作办学机构): a school in or next to a college, run with partners abroad. */
@NullMarked
package org.voyage.cooperation.institution;

import org.jspecify.annotations.NullMarked;
