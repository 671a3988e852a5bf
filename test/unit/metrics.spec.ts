import { DomainError } from '../../src/kernel/domain-error';
import { expositionOf, gauge } from '../../src/modules/metrics/exposition';
import type { MetricSource } from '../../src/modules/metrics/metric-source';
import { MetricsAccess } from '../../src/modules/metrics/metrics-access';
import { Scrape } from '../../src/modules/metrics/scrape';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { Logger } from '../../src/platform/logging/logger';

const TOKEN = 'a-token-of-some-length';

describe('expositionOf', () => {
  it('writes each metric with its help, type and samples', () => {
    const text = expositionOf([
      gauge('lethe_size', 'Size of it.', 3.5),
      gauge('lethe_age_seconds', 'Not known yet.', null),
      {
        name: 'lethe_answers',
        help: 'Answers.',
        type: 'histogram',
        samples: [
          { suffix: '_bucket', labels: { route: '/api/v1/customers/:id', le: '+Inf' }, value: 2 },
          { suffix: '_sum', labels: { route: '/api/v1/customers/:id' }, value: 1e-7 },
        ],
      },
    ]);
    expect(text).toBe(
      `# HELP lethe_size Size of it.
# TYPE lethe_size gauge
lethe_size 3.5
# HELP lethe_age_seconds Not known yet.
# TYPE lethe_age_seconds gauge
# HELP lethe_answers Answers.
# TYPE lethe_answers histogram
lethe_answers_bucket{route="/api/v1/customers/:id",le="+Inf"} 2
lethe_answers_sum{route="/api/v1/customers/:id"} 1e-7
`,
    );
  });

  it('lets nothing into a label that is neither id nor code', () => {
    const sample = { labels: { code: 'Érika "B\\eispiel"\n# x@y.example' }, value: Infinity };
    const text = expositionOf([{ name: 'lethe_x', help: 'X.', type: 'gauge', samples: [sample] }]);
    expect(text.split('\n')[2]).toBe('lethe_x{code="_rika__B_eispiel____x_y.example"} +Inf');
  });
});

describe('Scrape', () => {
  const logger = new Logger(LetheConfig.from({ LETHE_LOG_LEVEL: 'silent' }));
  const source = (name: string, read: MetricSource['read']): MetricSource => ({ name, read });
  const one = source('one', () => Promise.resolve([gauge('lethe_one', 'One.', 1)]));

  it('leaves out what cannot be measured, and says so', async () => {
    const broken = source('broken', () => Promise.reject(new Error('away')));
    const lines = (await new Scrape([broken, one], logger).text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'lethe_one 1',
        'lethe_metrics_readable{source="broken"} 0',
        'lethe_metrics_readable{source="one"} 1',
      ]),
    );
  });

  it('measures once for all who ask at the same time, and anew for the next', async () => {
    let readings = 0;
    const counted = source('counted', () => Promise.resolve([gauge('lethe_readings', 'Readings.', ++readings)]));
    const scrape = new Scrape([counted], logger);
    await Promise.all([scrape.text(), scrape.text(), scrape.text()]);
    expect(await scrape.text()).toContain('\nlethe_readings 2\n');
  });
});

describe('MetricsAccess', () => {
  const codeOf = (config: LetheConfig, authorization: string | undefined): string | null => {
    try {
      new MetricsAccess(config).require(authorization);
      return null;
    } catch (error) {
      return (error as DomainError).code;
    }
  };

  it.each([
    [`Bearer ${TOKEN}`, null],
    [`bearer  ${TOKEN}`, null],
    [`Bearer ${TOKEN}x`, 'AUTHENTICATION_REQUIRED'],
    [`Bearer ${TOKEN.slice(1)}`, 'AUTHENTICATION_REQUIRED'],
    [TOKEN, 'AUTHENTICATION_REQUIRED'],
    ['Bearer ', 'AUTHENTICATION_REQUIRED'],
    [undefined, 'AUTHENTICATION_REQUIRED'],
  ])('%s: %s', (authorization, code) => {
    expect(codeOf(LetheConfig.from({ LETHE_METRICS_TOKEN: TOKEN }), authorization)).toBe(code);
  });

  it('there is nothing where no token is set, whatever is sent', () => {
    expect(codeOf(LetheConfig.from({}), `Bearer ${TOKEN}`)).toBe('ROUTE_NOT_FOUND');
    expect(codeOf(LetheConfig.from({ LETHE_METRICS_TOKEN: '' }), 'Bearer ')).toBe('ROUTE_NOT_FOUND');
  });

  it.each(['short', 'with a blank in the midst', `${'x'.repeat(16)}\n`])('a token cannot be %j', (token) => {
    expect(() => LetheConfig.from({ LETHE_METRICS_TOKEN: token })).toThrow(
      expect.objectContaining({ code: 'SETTING_INVALID', extensions: { variable: 'LETHE_METRICS_TOKEN' } }),
    );
  });
});
