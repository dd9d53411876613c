// Finds, kills and stops processes of the platform that is tested; its launcher starts killed ones again.
import { readdir, readFile } from 'node:fs/promises';

/** The process that has started the platform; absent: the tests must not kill anything. */
export const LAUNCHER = Number(process.env.VOYAGE_LAUNCHER) || undefined;

/** Kills the process of a service by SIGKILL. */
export async function killService(service) {
  process.kill(await findService(service), 'SIGKILL');
}

/** Stops the process of a service as a machine that sleeps does; returns a function that lets it go on. */
export async function freezeService(service) {
  const found = await findService(service);
  process.kill(found, 'SIGSTOP');
  return () => process.kill(found, 'SIGCONT');
}

async function findService(service) {
  for (const process of await readdir('/proc')) {
    if (!/^\d+$/.test(process)) continue;
    // A process may end while it is looked at.
    const [status, command] = await Promise.all(
      ['status', 'cmdline'].map((file) => readFile(`/proc/${process}/${file}`, 'utf8').catch(() => '')),
    );
    const parent = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
    // The tests themselves have paths of services in their command, too.
    const isService = command.includes(`services/${service}/target/quarkus-app/`);
    if (parent === LAUNCHER && isService) return Number(process);
  }
  throw new Error(`${service} is no child of process ${LAUNCHER}`);
}
