@NullMarked
package org.voyage.kit.bulk;

import org.jspecify.annotations.NullMarked;
