@NullMarked
package org.voyage.kittest;

import org.jspecify.annotations.NullMarked;
