import type { Response } from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { RunWorker } from '../../src/modules/runs/execution/run-worker';
import type { RunResponse } from '../../src/modules/runs/views/run.response';
import type { TestApp } from './test-app';
import { until } from './until';

interface Run {
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Waits until a run reaches a state. */
export async function finishedRun(agent: TestAgent, id: string, state: string): Promise<Run> {
  let run: Run | undefined;
  const isThere = async () => {
    run = (await agent.get(`/api/v1/anonymization-runs/${id}`).expect(200)).body as Run;
    return run.state === state;
  };
  await until(`the run is ${state}`, isThere);
  return run!;
}

/** Runs of a product without workers (`LETHE_WORKERS=0`): nothing happens until {@link work} is called. */
export class ManualRuns {
  constructor(private readonly app: TestApp) {}

  async create(subject: { selectionId: string } | { customerIds: readonly string[] }): Promise<string> {
    const { body } = await (await this.app.as('admin')).post('/api/v1/anonymization-runs').send(subject).expect(202);
    return (body as { id: string }).id;
  }

  /** Previews a run over new customers. */
  async ofCustomers(count: number): Promise<string> {
    const customerIds: string[] = [];
    while (customerIds.length < count) customerIds.push(await this.app.records.customer());
    return this.create({ customerIds });
  }

  /**
   * One round of a worker over all runs, which throws errors at the test. A run only ends when a checkpoint covers its
   * entries, so this waits for one.
   */
  async work(): Promise<boolean> {
    await this.anchored();
    return this.app.nest.get(RunWorker).advanceRuns(
      () => false,
      (error) => {
        throw error;
      },
    );
  }

  /** Works until there is nothing left to do. */
  async workOff(): Promise<void> {
    while (await this.work());
    await this.work();
  }

  private async anchored(): Promise<void> {
    const isBehind = `SELECT FROM audit.entry WHERE NOT EXISTS (SELECT FROM audit.position WHERE entry_id = entry.id)
      UNION ALL SELECT FROM audit.position HAVING max(sequence) > coalesce((SELECT max(size) FROM audit.checkpoint), 0)`;
    await until('all entries are anchored', async () => (await this.app.sql.query(isBehind)).rowCount === 0);
  }

  async act(id: string, action: 'start' | 'pause' | 'resume' | 'cancel', body: object = {}): Promise<Response> {
    return (await this.app.as('admin')).post(`/api/v1/anonymization-runs/${id}/${action}`).send(body);
  }

  async start(id: string, confirmation: number): Promise<void> {
    const { status } = await this.act(id, 'start', { confirmation, reason: 'ERASURE_REQUEST' });
    if (status !== 202) throw new Error(`The run is not started: ${status}`);
  }

  async get(id: string): Promise<RunResponse> {
    return (await (await this.app.as('admin')).get(`/api/v1/anonymization-runs/${id}`).expect(200)).body as RunResponse;
  }
}
