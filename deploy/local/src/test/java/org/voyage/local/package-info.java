@NullMarked
package org.voyage.local;

import org.jspecify.annotations.NullMarked;
