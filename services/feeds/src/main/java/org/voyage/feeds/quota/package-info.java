/** What an alliance may cause by its own commands: scanned records and stored events in an hour, and stored bytes. */
@NullMarked
package org.voyage.feeds.quota;

import org.jspecify.annotations.NullMarked;
