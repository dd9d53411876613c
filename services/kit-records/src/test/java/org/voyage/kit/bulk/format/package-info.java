@NullMarked
package org.voyage.kit.bulk.format;

import org.jspecify.annotations.NullMarked;
