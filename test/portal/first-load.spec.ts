import { TestApp } from '../support/test-app';
import { PortalBrowser } from './support/browser';

const MAX_BYTES = 250_000;

describe('the first load of the portal', () => {
  let app: TestApp;
  let portal: PortalBrowser;

  beforeAll(async () => {
    app = await TestApp.start();
    portal = await PortalBrowser.open(app);
  });
  afterAll(async () => {
    await portal.close();
    await app.stop();
  });

  it('transfers at most 250 kB, and runs only scripts from its own files', async () => {
    let bytes = 0;
    portal.page.on('requestfinished', (request) => {
      void request.sizes().then(({ responseBodySize }) => (bytes += responseBodySize));
    });
    const response = await portal.page.goto(`${portal.origin}/`);
    await portal.page.getByLabel('Benutzername').waitFor();
    await portal.page.waitForLoadState('networkidle');
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
    const policy = response!.headers()['content-security-policy']!;
    expect(/script-src [^;]*/.exec(policy)![0]).toBe("script-src 'self'");
    expect(/default-src [^;]*/.exec(policy)![0]).toBe("default-src 'self'");
    process.stdout.write(`first load: ${bytes} bytes\n`);
    expect(portal.complaints).toEqual([]);
  });
});
