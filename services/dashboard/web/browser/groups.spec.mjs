// Declares the tests in their order. VOYAGE_BROWSER_PARTS names groups and parts; without it all run.
import { raiseAlarm } from './alarms.mjs';
import { surviveCrashes } from './crashes.mjs';
import { saveFiles } from './downloads.mjs';
import { moveFigure } from './figures.mjs';
import { keepHeadlines } from './headlines.mjs';
import { showHistory } from './history.mjs';
import { openHomes } from './homes.mjs';
import { useKeyboard } from './keyboard.mjs';
import { scrollLargeResult } from './large.mjs';
import { standStill } from './motion.mjs';
import { keepOrders } from './orders.mjs';
import { openEveryPage } from './pages.mjs';
import { paintSoon } from './paint.mjs';
import { printPages } from './paper.mjs';
import { writeRecords } from './records.mjs';
import { readReference } from './reference.mjs';
import { signInEverybody } from './roles.mjs';
import { sendFiles } from './sending.mjs';
import { changePerson, endSession } from './sessions.mjs';
import { showStates } from './states.mjs';
import { shareStream } from './tabs.mjs';
import { keepUp } from './updates.mjs';

/** Groups of parts by the records that they need; those of one platform may run in one run. */
const GROUPS = {
  // The demonstration's whole history.
  history: [moveFigure, keepHeadlines, paintSoon, showHistory, printPages, openEveryPage],
  // Alliances, and schools abroad of several provinces and years.
  schools: [
    keepUp,
    scrollLargeResult,
    sendFiles,
    writeRecords,
    shareStream,
    raiseAlarm,
    showStates,
    saveFiles,
    standStill,
    signInEverybody,
    openHomes,
    useKeyboard,
    keepOrders,
    endSession,
    changePerson,
    readReference,
    // Last: after a crash all caches are cold.
    surviveCrashes,
  ],
};
const wanted = process.env.VOYAGE_BROWSER_PARTS?.split(',');
const known = Object.entries(GROUPS).flatMap(([group, parts]) => [group, ...parts.map((part) => part.name)]);
for (const name of wanted ?? []) {
  if (!known.includes(name)) throw new Error(`no part and no group of the browser tests is called ${name}`);
}
for (const [group, parts] of Object.entries(GROUPS)) {
  for (const part of parts) {
    if (!wanted || wanted.includes(group) || wanted.includes(part.name)) part();
  }
}
