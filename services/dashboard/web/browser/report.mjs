// Runs test cases one after another and writes their results in the form of Surefire, which ./voyage test counts.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const escape = (text) =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** So many failures have one cause; further cases would only cost their time limits. */
const MOST_FAILURES = 8;

export class TestRun {
  #results = [];

  /** Runs one case; a failure is kept and the next case runs, unless too many have failed. */
  async runCase(name, test) {
    if (this.failures >= MOST_FAILURES) return;
    const begin = performance.now();
    let failure = null;
    try {
      await test();
    } catch (error) {
      failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    const seconds = (performance.now() - begin) / 1000;
    this.#results.push({ name, seconds, failure });
    console.log(`${failure ? 'FAILED' : 'ok    '} ${seconds.toFixed(1).padStart(6)} s  ${name}`);
    if (failure) console.log(failure);
  }

  /** Runs several cases; what fails between them is a case of its own. */
  async runPart(name, run) {
    try {
      await run();
    } catch (error) {
      await this.runCase(name, () => Promise.reject(error));
    }
  }

  /** Prints a number that was measured. */
  note(text) {
    console.log(`                ${text}`);
  }

  get passed() {
    return this.#results.length - this.failures;
  }

  get seconds() {
    return this.#results.reduce((sum, result) => sum + result.seconds, 0);
  }

  get failures() {
    return this.#results.filter((result) => result.failure).length;
  }

  async writeReport(file, suite) {
    const cases = this.#results.map(
      ({ name, seconds, failure }) =>
        `  <testcase classname="${suite}" name="${escape(name)}" time="${seconds.toFixed(3)}">` +
        (failure ? `<failure>${escape(failure)}</failure>` : '') +
        '</testcase>',
    );
    await mkdir(dirname(file), { recursive: true });
    await writeFile(
      file,
      `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="${suite}" tests="${this.#results.length}" ` +
        `failures="${this.failures}" errors="0" skipped="0" time="${this.seconds.toFixed(3)}">\n` +
        `${cases.join('\n')}\n</testsuite>\n`,
    );
  }
}
