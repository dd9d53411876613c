@NullMarked
package org.voyage.cooperation.headcount;

import org.jspecify.annotations.NullMarked;
