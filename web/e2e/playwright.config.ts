import { defineConfig } from '@playwright/test';

// Chromium comes from the system; nothing is downloaded. The server is the built binary
// (`WAYLIGHT_BIN`), started per run on a free port, or one that runs already (`WAYLIGHT_URL`).
export default defineConfig({
  testDir: '.',
  testMatch: process.env['PICTURE'] ? 'picture.ts' : process.env['SHOTS'] ? 'shots.ts' : '*.spec.ts',
  globalSetup: './server.ts',
  outputDir: '../test-results',
  // One city, one desk: journeys that take part in the same night run one after the other.
  workers: 1,
  fullyParallel: false,
  // CI shares its two cores with nobody we know of and everybody we do not: one more try there,
  // reported as flaky.
  retries: process.env['CI'] ? 1 : 0,
  // The machine may be building something else meanwhile.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    viewport: { width: 360, height: 740 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
});
