import type { Metric } from 'prom-client';
import { DomainError } from '../../src/kernel/domain-error';
import { gauge, labelledGauge } from '../../src/modules/metrics/gauge';
import type { MetricSource } from '../../src/modules/metrics/metric-source';
import { MetricsAccess } from '../../src/modules/metrics/metrics-access';
import { Scrape } from '../../src/modules/metrics/scrape';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { RequestStatistics } from '../../src/platform/http/request-statistics';
import { Logger } from '../../src/platform/logging/logger';

const TOKEN = 'a-token-of-some-length';

const logger = new Logger(LetheConfig.from({ LETHE_LOG_LEVEL: 'silent' }));
const source = (name: string, read: MetricSource['read']): MetricSource => ({ name, read });

/** Lines of a scrape of these metrics. */
async function linesOf(...metrics: Metric[]): Promise<string[]> {
  const text = await new Scrape([source('only', () => Promise.resolve(metrics))], logger).text();
  return text.split('\n').filter((line) => line !== '' && !line.includes('lethe_metrics_readable'));
}

describe('gauge', () => {
  it('is exported with its help, type and value', async () => {
    expect(await linesOf(gauge('lethe_size', 'Size of it.', 3.5))).toEqual([
      '# HELP lethe_size Size of it.',
      '# TYPE lethe_size gauge',
      'lethe_size 3.5',
    ]);
  });

  it('has no sample without a value', async () => {
    expect(await linesOf(gauge('lethe_age_seconds', 'Not known yet.', null))).toEqual([
      '# HELP lethe_age_seconds Not known yet.',
      '# TYPE lethe_age_seconds gauge',
    ]);
  });

  it('allows only ids and codes in labels', async () => {
    const label = 'Érika "B\\eispiel"\n# x@y.example';
    const lines = await linesOf(labelledGauge('lethe_x', 'X.', ['code'], [[[label], Infinity]]));
    expect(lines[2]).toBe('lethe_x{code="_rika__B_eispiel____x_y.example"} +Inf');
  });
});

describe('RequestStatistics', () => {
  it('counts responses by status, and durations in cumulative buckets', async () => {
    const statistics = new RequestStatistics();
    const route = '/api/v1/customers/:id';
    statistics.count({ method: 'GET', route, status: 200 }, 0.02);
    statistics.count({ method: 'GET', route, status: 404 }, 0.3);
    statistics.count({ method: 'GET', route, status: 200 }, 0.3);
    statistics.count({ method: 'POST', route: 'UNMATCHED', status: 404 }, 11);
    const lines = await linesOf(statistics.answers, statistics.durations);
    const bucket = (limit: string) =>
      `lethe_http_request_duration_seconds_bucket{le="${limit}",method="GET",route="${route}"}`;
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE lethe_http_requests_total counter',
        `lethe_http_requests_total{method="GET",route="${route}",status="200"} 2`,
        `lethe_http_requests_total{method="GET",route="${route}",status="404"} 1`,
        '# TYPE lethe_http_request_duration_seconds histogram',
        `${bucket('0.01')} 0`,
        `${bucket('0.025')} 1`,
        `${bucket('0.25')} 1`,
        `${bucket('0.5')} 3`,
        `${bucket('+Inf')} 3`,
        `lethe_http_request_duration_seconds_count{method="GET",route="${route}"} 3`,
        'lethe_http_request_duration_seconds_bucket{le="10",method="POST",route="UNMATCHED"} 0',
        'lethe_http_request_duration_seconds_bucket{le="+Inf",method="POST",route="UNMATCHED"} 1',
        'lethe_http_request_duration_seconds_sum{method="POST",route="UNMATCHED"} 11',
      ]),
    );
  });
});

describe('Scrape', () => {
  const one = source('one', () => Promise.resolve([gauge('lethe_one', 'One.', 1)]));

  it('omits sources that fail, and reports them', async () => {
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

  it('reads once for all concurrent requests, and again for the next one', async () => {
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

  it('does not exist if no token is set, whatever is sent', () => {
    expect(codeOf(LetheConfig.from({}), `Bearer ${TOKEN}`)).toBe('ROUTE_NOT_FOUND');
    expect(codeOf(LetheConfig.from({ LETHE_METRICS_TOKEN: '' }), 'Bearer ')).toBe('ROUTE_NOT_FOUND');
  });

  it.each(['short', 'with a blank in the midst', `${'x'.repeat(16)}\n`])('a token cannot be %j', (token) => {
    expect(() => LetheConfig.from({ LETHE_METRICS_TOKEN: token })).toThrow(
      expect.objectContaining({ code: 'SETTING_INVALID', extensions: { variable: 'LETHE_METRICS_TOKEN' } }),
    );
  });
});
