import type { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { readEntry } from '../../src/modules/replay/ledger/ledger-entry';
import { MergeHistory } from '../../src/modules/replay/ledger/merge-history';

const merged = (source: string, target: string): string =>
  JSON.stringify({
    id: `${source}-${target}`,
    action: 'CUSTOMERS_MERGED',
    module: 'customer',
    occurredAt: '2026-01-01T10:00:00.000Z',
    actorId: 'admin',
    actorRole: 'ADMINISTRATOR',
    customerId: source,
    details: {
      customerNumber: `K-${source}`,
      createdAt: '2020-01-01T10:00:00.000Z',
      intoCustomerId: target,
      intoCustomerNumber: `K-${target}`,
      intoCreatedAt: '2020-01-01T10:00:00.000Z',
    },
  });

/** The history of a database with these entries. */
const historyOf = (...canonical: string[]): MergeHistory =>
  new MergeHistory({
    query: () => Promise.resolve(canonical.map((entry) => ({ canonical: entry }))),
  } as unknown as TransactionRunner);

describe('the history of merges', () => {
  const sources = (history: MergeHistory, id: string) => history.mergesLeadingTo(id).map(({ source }) => source.id);

  it('covers the database and every replayed chunk, along chains', async () => {
    const history = historyOf(merged('a', 'b'));
    await history.loadMerges();
    expect(sources(history, 'b')).toEqual(['a']);
    await history.loadMerges([merged('b', 'c'), merged('x', 'c')].map(readEntry));
    await history.loadMerges([readEntry(merged('c', 'd'))]);
    expect(sources(history, 'd').sort()).toEqual(['a', 'b', 'c', 'x']);
    expect(history.targetsOf('a')).toEqual(['b', 'c', 'd']);
    expect([sources(history, 'a'), history.targetsOf('d')]).toEqual([[], []]);
  });

  it('ends even if a forged log contains a circle', async () => {
    const history = historyOf(merged('a', 'b'), merged('b', 'a'));
    await history.loadMerges();
    expect(sources(history, 'a').sort()).toEqual(['a', 'b']);
    expect(history.targetsOf('a')).toEqual(['b', 'a']);
  });
});
