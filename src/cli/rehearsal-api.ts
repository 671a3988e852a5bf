import { setTimeout as delay } from 'node:timers/promises';

interface Run {
  readonly state: string;
  readonly counts: Readonly<Record<'total' | 'ready' | 'anonymized' | 'blocked' | 'failed', number>>;
}

interface Item {
  readonly customerNumber: string;
  readonly state: string;
  readonly blockers: readonly { readonly code: string }[];
}

export interface RehearsedRun {
  readonly counts: Run['counts'];
  /** customer numbers */
  readonly anonymized: ReadonlySet<string>;
  readonly blockerCodes: ReadonlySet<string>;
}

/** The calls of a rehearsal, as an administrator makes them. */
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

  /** Gross, in cents. */
  async revenue(): Promise<number> {
    return (await this.call<{ total: { gross: number } }>('GET', '/reports/revenue?groupBy=month')).total.gross;
  }

  async anonymizeSelection(name: string): Promise<RehearsedRun> {
    const selections = await this.call<{ items: { id: string; name: string }[] }>('GET', '/selections?limit=200');
    const selection = selections.items.find((each) => each.name === name);
    if (selection === undefined) throw new Error('The folder has no selection of that name');
    const { id } = await this.call<{ id: string }>('POST', '/anonymization-runs', { selectionId: selection.id });
    const previewed = await this.reach(id, 'PREVIEWED');
    await this.call('POST', `/anonymization-runs/${id}/start`, {
      confirmation: previewed.counts.ready,
      reason: 'OTHER',
      reference: 'REHEARSAL',
    });
    const { counts } = await this.reach(id, 'COMPLETED');
    const items = await this.items(id);
    return {
      counts,
      anonymized: new Set(
        items.filter(({ state }) => state === 'ANONYMIZED').map(({ customerNumber }) => customerNumber),
      ),
      blockerCodes: new Set(items.flatMap(({ blockers }) => blockers.map(({ code }) => code))),
    };
  }

  private async reach(id: string, state: string): Promise<Run> {
    for (;;) {
      const run = await this.call<Run>('GET', `/anonymization-runs/${id}`);
      if (run.state === state) return run;
      await delay(100);
    }
  }

  private async items(id: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: { items: Item[]; nextCursor: string | null } = await this.call(
        'GET',
        `/anonymization-runs/${id}/items?limit=200${query}`,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
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
