/** The cooperative programme (中外合作办学项目): one major of a college, taught with partners abroad. */
@NullMarked
package org.voyage.cooperation.programme;

import org.jspecify.annotations.NullMarked;
