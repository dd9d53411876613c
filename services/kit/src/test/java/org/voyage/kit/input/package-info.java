@NullMarked
package org.voyage.kit.input;

import org.jspecify.annotations.NullMarked;
