@NullMarked
package org.voyage.dashboard;

import org.jspecify.annotations.NullMarked;
