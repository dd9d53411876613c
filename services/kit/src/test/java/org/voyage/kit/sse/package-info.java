@NullMarked
package org.voyage.kit.sse;

import org.jspecify.annotations.NullMarked;
