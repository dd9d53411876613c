/** The overseas headcount: how many students one overseas school had in one major in one year. */
@NullMarked
package org.voyage.overseas.headcount;

import org.jspecify.annotations.NullMarked;
