@NullMarked
package org.voyage.kit.problem;

import org.jspecify.annotations.NullMarked;
