import { setTimeout as delay } from 'node:timers/promises';

interface Run {
  readonly state: string;
  readonly counts: Readonly<Record<'total' | 'ready' | 'anonymized' | 'blocked' | 'failed', number>>;
}

interface Item {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly state: string;
  readonly failureCode: string | null;
  readonly blockers: readonly { readonly code: string }[];
}

export interface RehearsedRun {
  readonly id: string;
  readonly counts: Run['counts'];
  /** customer numbers by id */
  readonly anonymized: ReadonlyMap<string, string>;
  readonly blockerCodes: ReadonlySet<string>;
  readonly failureCodes: ReadonlySet<string>;
}

const ENDED: ReadonlySet<string> = new Set(['COMPLETED', 'CANCELLED', 'EXPIRED']);

/** The API calls of a rehearsal, made as an administrator. */
export class RehearsalApi {
  private token = '';

  constructor(
    private readonly address: string,
    private readonly password: string,
  ) {}

  async logIn(): Promise<void> {
    const { accessToken } = await this.call<{ accessToken: string }>('POST', '/auth/login', {
      username: 'admin',
      password: this.password,
    });
    this.token = accessToken;
  }

  /** Gross revenue in cents. */
  async revenue(): Promise<number> {
    return (await this.call<{ total: { gross: number } }>('GET', '/reports/revenue?groupBy=month')).total.gross;
  }

  /** The newest selection of this name. */
  async selectionId(name: string): Promise<string> {
    const selections = await this.all<{ id: string; name: string }>('/selections');
    const selection = selections.find((each) => each.name === name);
    if (selection === undefined) throw new Error('The selection was not imported');
    return selection.id;
  }

  async anonymizeSelection(selectionId: string): Promise<RehearsedRun> {
    const { id } = await this.call<{ id: string }>('POST', '/anonymization-runs', { selectionId });
    const previewed = await this.reach(id, 'PREVIEWED');
    await this.call('POST', `/anonymization-runs/${id}/start`, {
      confirmation: previewed.counts.ready,
      reason: 'OTHER',
      reference: 'REHEARSAL',
    });
    const { counts } = await this.reach(id, 'COMPLETED');
    const items = await this.all<Item>(`/anonymization-runs/${id}/items`);
    const anonymized = items.filter(({ state }) => state === 'ANONYMIZED');
    return {
      id,
      counts,
      anonymized: new Map(anonymized.map(({ customerId, customerNumber }) => [customerId, customerNumber])),
      blockerCodes: new Set(items.flatMap(({ blockers }) => blockers.map(({ code }) => code))),
      failureCodes: new Set(items.flatMap(({ failureCode }) => failureCode ?? [])),
    };
  }

  private async reach(id: string, state: string): Promise<Run> {
    for (;;) {
      const run = await this.call<Run>('GET', `/anonymization-runs/${id}`);
      if (run.state === state) return run;
      if (ENDED.has(run.state)) throw new Error(`The run ended as ${run.state}`);
      await delay(100);
    }
  }

  private async all<Entry>(path: string): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: { items: Entry[]; nextCursor: string | null } = await this.call('GET', `${path}?limit=200${query}`);
      entries.push(...page.items);
      cursor = page.nextCursor;
    }
    return entries;
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.address}/api/v1${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(this.token === '' ? {} : { Authorization: `Bearer ${this.token}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
    return (await response.json()) as T;
  }
}
