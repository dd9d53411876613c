@NullMarked
package org.voyage.kit.guard;

import org.jspecify.annotations.NullMarked;
