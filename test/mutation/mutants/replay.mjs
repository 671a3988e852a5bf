/** A replay of the ledger on a restored database. */
const REPLAY = 'src/modules/replay';
const OF_ERASURES = ['test/integration/erasure-replay.spec.ts'];
const OF_FAILURES = ['test/unit/replay-failures.spec.ts'];

/** Groups of the long specs. */
const REPLAYED = 'a replay';
const OF_MERGES = 'merges and holds';
const OF_CONFLICTS = 'a conflict about';

export default {
  specs: ['test/integration/erasure-conflicts.spec.ts'],
  mutants: [
    {
      name: 'a merge is repeated into a stranger who has the id of the target',
      file: `${REPLAY}/repetition/repeated-merges.ts`,
      find: `  if (target.kind === 'STRANGER') return conflict('MERGE_TARGET_DIFFERS', target.stranger.id);
  return isOpen(source) && isOpen(target) ? null`,
      replace: `  if (target.kind === 'STRANGER') return null;
  return isOpen(source) && isOpen(target) ? null`,
      specs: OF_ERASURES,
      tests: REPLAYED,
    },
    {
      name: 'a source that stays readable is no conflict where the target is not in the backup',
      file: `${REPLAY}/repetition/repeated-merges.ts`,
      find: `    if (conflict !== null) {
      await this.conflicts.add([conflict]);`,
      replace: `    if (conflict !== null) {
      if (conflict.code !== 'MERGE_TARGET_ABSENT') await this.conflicts.add([conflict]);`,
      tests: OF_MERGES,
    },
    {
      name: 'a conflict stays open although the merge was repeated',
      file: `${REPLAY}/repetition/repeated-merges.ts`,
      find: `    await this.conflicts.settleForCustomers([sourceId], 'MERGED');\n`,
      replace: '',
      tests: OF_MERGES,
    },
    {
      name: 'a customer who has another number in the database is erased',
      file: `${REPLAY}/restored/restored-customers.ts`,
      find: `sameId.customerNumber === key.customerNumber && `,
      replace: '',
      specs: OF_ERASURES,
      tests: REPLAYED,
    },
    {
      name: 'a customer who was created at another time is erased',
      file: `${REPLAY}/restored/restored-customers.ts`,
      find: ` && sameId.createdAt.toISOString() === isoInstant(key.createdAt)`,
      replace: '',
      tests: OF_CONFLICTS,
    },
    {
      name: 'nobody is told that somebody else has the number of an erased customer',
      file: 'src/modules/customer/queries/find-customers.queries.ts',
      find: ` OR customer_number = ANY ($2::text[])\``,
      replace: ` OR false AND customer_number = ANY ($2::text[])\``,
      tests: OF_CONFLICTS,
    },
    {
      name: 'customers are erased again without their lock',
      file: `${REPLAY}/restored/restored-customers.ts`,
      find: `    await this.locks.lockForAnonymization(keys.map(({ id }) => id));\n`,
      replace: '',
      tests: OF_CONFLICTS,
    },
    {
      name: 'an erasure follows no merge',
      file: `${REPLAY}/repetition/repeated-erasures.ts`,
      find: `return [customer, ...this.history.mergesLeadingTo(customer.id).map(({ source }) => source)];`,
      replace: `return [customer];`,
      tests: OF_MERGES,
    },
    {
      name: 'somebody else in the place of an erased customer is no conflict',
      file: `${REPLAY}/repetition/repeated-erasures.ts`,
      find: `if (isNamed && match.kind === 'STRANGER') await`,
      replace: `if (!isNamed && match.kind === 'STRANGER') await`,
      tests: OF_CONFLICTS,
    },
    {
      name: 'the audit does not say into whom the erased customer was merged',
      file: `${REPLAY}/repetition/repeated-erasures.ts`,
      find: `isNamed ? undefined : erasure.customer.id`,
      replace: `undefined`,
      tests: OF_MERGES,
    },
    {
      name: 'conflicts of the erased stay open',
      file: `${REPLAY}/repetition/repeated-erasures.ts`,
      find: `    if (taken.size > 0) await this.conflicts.settleForCustomers([...taken], 'ERASED');\n`,
      replace: '',
      tests: OF_CONFLICTS,
    },
    {
      name: 'merges that are on record in the database are not followed',
      file: `${REPLAY}/ledger/merge-history.ts`,
      find: `      this.add(merges.map(readEntry));\n`,
      replace: '',
      tests: OF_CONFLICTS,
    },
    {
      name: 'merges that come back with the ledger are not followed',
      file: `${REPLAY}/ledger/merge-history.ts`,
      find: `    this.add(entries);
  }`,
      replace: `  }`,
      specs: ['test/unit/merge-history.spec.ts'],
    },
    {
      name: 'an erasure follows the last merge of a chain only',
      file: `${REPLAY}/ledger/merge-history.ts`,
      find: `        follow(sourceId);\n`,
      replace: '',
      specs: ['test/unit/merge-history.spec.ts'],
    },
    {
      name: 'the erasure behind a chain of merges is not found',
      file: `${REPLAY}/ledger/merge-history.ts`,
      find: `      targets.add(merge.target.id);
    }`,
      replace: `      targets.add(merge.target.id);
      break;
    }`,
      tests: OF_CONFLICTS,
    },
    {
      name: 'a customer does not follow a merge through one who is not in the backup',
      file: `${REPLAY}/repetition/repeated-merges.ts`,
      find: `source.kind === 'FOUND' ? [] : earlier`,
      replace: `source.kind !== 'STRANGER' ? [] : earlier`,
      tests: OF_MERGES,
    },
    {
      name: 'a hold does not follow a merge',
      file: `${REPLAY}/repetition/repeated-holds.ts`,
      find: `[customerId, ...this.history.mergesLeadingTo(customerId).map(({ source }) => source.id)];`,
      replace: `[customerId];`,
      tests: OF_MERGES,
    },
    {
      name: 'a hold that follows a merge has no entry of its own',
      file: `${REPLAY}/repetition/repeated-holds.ts`,
      find: `if (following.length === 0) return;`,
      replace: `if (following.length <= 1) return;`,
      tests: OF_MERGES,
    },
    {
      name: 'a hold is lifted that was set later than the ledger lifts one',
      file: 'src/modules/customer/queries/legal-holds.queries.ts',
      find: `    AND legal_hold.set_at <= $2\n`,
      replace: '',
      tests: OF_MERGES,
    },
    {
      name: 'a hold that was set and lifted is entered twice when a chunk is replayed twice',
      file: 'src/modules/customer/queries/legal-holds.queries.ts',
      find: ` OR known.set_at = $4)`,
      replace: `)`,
      tests: OF_MERGES,
    },
    {
      name: 'a hold is set again on a merged customer, where nobody sees it',
      file: 'src/modules/customer/queries/legal-holds.queries.ts',
      find: `    AND customer.merged_into_id IS NULL
    AND NOT EXISTS`,
      replace: `    AND NOT EXISTS`,
      tests: OF_MERGES,
    },
    {
      name: 'runs that were under way in the backup go on by themselves',
      file: `${REPLAY}/erasure-replay.ts`,
      find: `stored < size ? await this.runs.pauseRunning() : 0`,
      replace: `stored > size ? await this.runs.pauseRunning() : 0`,
      specs: OF_ERASURES,
      tests: REPLAYED,
    },
    {
      name: 'an entry is lost where a chunk is halved',
      file: `${REPLAY}/chunk-replay.ts`,
      find: `entries.slice(middle)`,
      replace: `entries.slice(middle + 1)`,
      tests: OF_MERGES,
    },
    {
      name: 'an entry that cannot be brought back is passed over, and a hold is lost',
      file: `${REPLAY}/conflicts/failed-replays.ts`,
      find: `if (failureCode === null || (erasure === null && merge === null)) throw error;`,
      replace: `if (failureCode === null) throw error;`,
      tests: OF_MERGES,
    },
    {
      name: 'who cannot be erased again is no conflict',
      file: `${REPLAY}/conflicts/failed-replays.ts`,
      find: `        failed.push({
          entryId: erasure.entryId,`,
      replace: `        [].push({
          entryId: erasure.entryId,`,
      tests: OF_CONFLICTS,
    },
    {
      name: 'a merge that fails is no conflict',
      file: `${REPLAY}/conflicts/failed-replays.ts`,
      find: `    if (merge !== null)
      failed.push({`,
      replace: `    if (merge === undefined)
      failed.push({`,
      tests: OF_MERGES,
    },
    {
      name: 'a right that the server misses is the fault of the customer whose turn it is',
      file: `${REPLAY}/conflicts/failed-replays.ts`,
      find: `|3F|42|53|`,
      replace: `|3F|53|`,
      specs: OF_FAILURES,
    },
    {
      name: 'a ledger that is not the database’s is the fault of a customer',
      file: `${REPLAY}/conflicts/failed-replays.ts`,
      find: `/^(LEDGER|AUDIT)_/.test(error.code) ? null : error.code`,
      replace: `/^AUDIT_/.test(error.code) ? null : error.code`,
      specs: OF_FAILURES,
    },
    {
      name: 'an entry of other content under the same id is taken for that of the ledger',
      file: 'src/modules/audit/queries/find-entries.queries.ts',
      find: ` AND entry.canonical = known.canonical`,
      replace: '',
      specs: OF_ERASURES,
      tests: REPLAYED,
    },
    {
      name: 'trying again merges nobody',
      file: `${REPLAY}/repetition/repeated-actions.ts`,
      find: `return merge === null ? NOTHING_REPLAYED : this.merges.repeat(merge);`,
      replace: `return NOTHING_REPLAYED;`,
      tests: OF_MERGES,
    },
    {
      name: 'an operator erases without confirming the customer number',
      file: `${REPLAY}/conflicts/conflict-settlement.ts`,
      find: `customer.customerNumber !== customerNumber`,
      replace: `customerNumber === ''`,
      tests: OF_CONFLICTS,
    },
    {
      name: 'an operator erases somebody whom a legal hold keeps',
      file: `${REPLAY}/conflicts/conflict-settlement.ts`,
      find: `    if (customer.isUnderLegalHold && isAboutStranger(conflict)) throw new DomainError('LEGAL_HOLD');\n`,
      replace: '',
      tests: OF_CONFLICTS,
    },
    {
      name: 'a recorded erasure of the very customer is dismissed as another person',
      file: `${REPLAY}/conflicts/conflict-settlement.ts`,
      find: `if (reason === 'ANOTHER_PERSON') return isAboutStranger(conflict);`,
      replace: `if (reason === 'ANOTHER_PERSON') return true;`,
      tests: OF_CONFLICTS,
    },
    {
      name: 'a recorded erasure is dismissed as kept separate',
      file: `${REPLAY}/conflicts/conflict-settlement.ts`,
      find: `return !isAboutStranger(conflict) && erasure === null;`,
      replace: `return !isAboutStranger(conflict);`,
      tests: OF_CONFLICTS,
    },
    {
      name: 'a conflict about a stranger is settled because the stranger was merged',
      file: `${REPLAY}/conflicts/conflict-retry.ts`,
      find: `customer === null || isAboutStranger(conflict)`,
      replace: `customer === null`,
      tests: OF_CONFLICTS,
    },
    {
      name: 'the product serves while a conflict is open',
      file: 'src/modules/audit/ledger/erasure-conflicts.ts',
      find: `return open.length > 0;`,
      replace: `return open.length > 1;`,
      tests: OF_CONFLICTS,
    },
    {
      name: 'a run that was cleaned up after is not cleaned up after again when somebody of it is erased',
      file: 'src/modules/runs/queries/restored-runs.queries.ts',
      find: `finished_at = excluded.finished_at, cleaned_at = NULL\n`,
      replace: `finished_at = excluded.finished_at\n`,
      tests: OF_CONFLICTS,
    },
    {
      name: 'dead rows of customers who were merged again are left',
      file: 'src/app/replay.ts',
      find: `settled.erased + settled.merged === 0`,
      replace: `settled.erased === 0`,
      tests: OF_MERGES,
    },
    {
      name: 'a source that was merged into somebody else counts as merged',
      file: `${REPLAY}/repetition/repeated-merges.ts`,
      find: `source.customer.mergedIntoId === target.id)`,
      replace: `source.customer.mergedIntoId !== null)`,
      tests: OF_CONFLICTS,
    },
    {
      name: 'the erased are anonymized at the time of the replay',
      file: `${REPLAY}/repetition/unchecked-erasure.ts`,
      find: `instant: occurredAt,`,
      replace: `instant: this.clock.now(),`,
      tests: OF_MERGES,
    },
  ],
};
