/** The overseas training: training that an overseas school gave to an enterprise's staff. */
@NullMarked
package org.voyage.overseas.training;

import org.jspecify.annotations.NullMarked;
