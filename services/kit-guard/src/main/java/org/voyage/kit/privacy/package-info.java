/** Recognition of texts that may name a person, so that findings do not repeat them. */
@NullMarked
package org.voyage.kit.privacy;

import org.jspecify.annotations.NullMarked;
