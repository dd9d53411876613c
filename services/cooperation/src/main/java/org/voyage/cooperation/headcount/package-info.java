/** The cooperative headcount (中外合作办学在校生数): students of one institution or programme in one year. */
@NullMarked
package org.voyage.cooperation.headcount;

import org.jspecify.annotations.NullMarked;
