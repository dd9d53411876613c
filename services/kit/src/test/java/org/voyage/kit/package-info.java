@NullMarked
package org.voyage.kit;

import org.jspecify.annotations.NullMarked;
