@NullMarked
package org.voyage.standards;

import org.jspecify.annotations.NullMarked;
