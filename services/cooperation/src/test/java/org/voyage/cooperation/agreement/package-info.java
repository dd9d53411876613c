@NullMarked
package org.voyage.cooperation.agreement;

import org.jspecify.annotations.NullMarked;
