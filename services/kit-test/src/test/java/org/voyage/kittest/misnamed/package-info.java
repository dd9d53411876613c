/** Classes with wrong names that the naming rules must find. */
@NullMarked
package org.voyage.kittest.misnamed;

import org.jspecify.annotations.NullMarked;
