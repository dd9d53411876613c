@NullMarked
package org.voyage.cooperation;

import org.jspecify.annotations.NullMarked;
