@NullMarked
package org.voyage.kit.health;

import org.jspecify.annotations.NullMarked;
