@NullMarked
package org.voyage.kit.record.apidoc;

import org.jspecify.annotations.NullMarked;
