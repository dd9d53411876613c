@NullMarked
package org.voyage.kit.failure;

import org.jspecify.annotations.NullMarked;
