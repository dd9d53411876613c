/** The code lists of {@code contracts/reference}, as the services read them. */
@NullMarked
package org.voyage.kit.reference;

import org.jspecify.annotations.NullMarked;
