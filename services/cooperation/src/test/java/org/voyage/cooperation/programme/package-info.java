@NullMarked
package org.voyage.cooperation.programme;

import org.jspecify.annotations.NullMarked;
