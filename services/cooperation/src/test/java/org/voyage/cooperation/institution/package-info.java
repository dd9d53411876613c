@NullMarked
package org.voyage.cooperation.institution;

import org.jspecify.annotations.NullMarked;
