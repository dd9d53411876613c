@NullMarked
package org.voyage.overseas.year;

import org.jspecify.annotations.NullMarked;
