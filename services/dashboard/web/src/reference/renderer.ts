import address from '../../node_modules/@scalar/api-reference/dist/browser/standalone.js?url';

/** What the page uses of the renderer, which comes as one classic script. */
interface Renderer {
  createApiReference(selector: string, configuration: Record<string, unknown>): unknown;
}

/** Loads the script that renders documents of both kinds; fails if it cannot be loaded. */
export function loadRenderer(): Promise<Renderer> {
  // Its validator tries `new Function` unless it is asked not to; the policy for scripts forbids that.
  Object.assign(window, { __zod_globalConfig: { jitless: true } });
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('load', () => resolve((window as unknown as { Scalar: Renderer }).Scalar));
    script.addEventListener('error', () => reject(new Error(`${address} cannot be loaded`)));
    document.head.append(script);
  });
}
