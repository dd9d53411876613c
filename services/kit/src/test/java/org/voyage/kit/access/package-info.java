@NullMarked
package org.voyage.kit.access;

import org.jspecify.annotations.NullMarked;
