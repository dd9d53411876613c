package org.voyage.indicators.live;

import org.voyage.indicators.intake.RecordLayout;

/** The record that a link of another record leads to. */
record Join(int link, RecordLayout layout) {}
