@NullMarked
package org.voyage.kit.privacy;

import org.jspecify.annotations.NullMarked;
