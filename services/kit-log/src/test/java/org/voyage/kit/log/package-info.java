@NullMarked
package org.voyage.kit.log;

import org.jspecify.annotations.NullMarked;
