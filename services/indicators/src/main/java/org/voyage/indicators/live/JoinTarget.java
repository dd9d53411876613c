package org.voyage.indicators.live;

import org.voyage.indicators.fact.RecordLayout;

/** Target of a join: the record that a link of another record leads to. */
record JoinTarget(int link, RecordLayout layout) {}
