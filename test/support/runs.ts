import { setTimeout as delay } from 'node:timers/promises';
import type TestAgent from 'supertest/lib/agent';

interface Run {
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Waits until a run has reached a state. */
export async function finishedRun(agent: TestAgent, id: string, state: string, patienceMs = 60_000): Promise<Run> {
  for (const until = Date.now() + patienceMs; ;) {
    const { body } = await agent.get(`/api/v1/anonymization-runs/${id}`).expect(200);
    const run = body as Run;
    if (run.state === state) return run;
    if (Date.now() > until) throw new Error(`The run is ${run.state}, not ${state}: ${JSON.stringify(run.counts)}`);
    await delay(20);
  }
}
