/**
 * Common part of an institution (中外合作办学机构) and a programme (中外合作办学项目): the agreement of a college with partners abroad,
 * its approval and its lifecycle.
 */
@NullMarked
package org.voyage.cooperation.agreement;

import org.jspecify.annotations.NullMarked;
