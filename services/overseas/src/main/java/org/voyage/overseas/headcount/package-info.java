/** The overseas headcount: students of one overseas school in one major in one year. */
@NullMarked
package org.voyage.overseas.headcount;

import org.jspecify.annotations.NullMarked;
