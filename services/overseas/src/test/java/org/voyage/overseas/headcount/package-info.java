@NullMarked
package org.voyage.overseas.headcount;

import org.jspecify.annotations.NullMarked;
