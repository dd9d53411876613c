@NullMarked
package org.voyage.kit.secret;

import org.jspecify.annotations.NullMarked;
