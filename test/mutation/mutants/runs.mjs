/** Runs: preview, start, batches, pause and expiry, bisecting, counts, the worklist, and the cleanup. */
const RUNS = 'src/modules/runs/state/run.state-machine.ts';
const QUEUE = 'src/modules/runs/execution/run-queue.ts';
const CLAIM = 'src/modules/runs/queries/claim-items.queries.ts';
const EXECUTOR = 'src/modules/runs/execution/run-executor.ts';
const WORKER = 'src/modules/runs/execution/run-worker.ts';
const STATE = 'src/modules/runs/state/run-state.ts';
const CANDIDATES = 'src/modules/runs/queries/candidates.queries.ts';
const SINGLE = 'src/modules/runs/commands/anonymize-customer/single-runs.ts';
const WORKLIST = 'src/modules/worklist/queries/worklist.queries.ts';
const UNCLEANED = 'src/modules/runs/queries/uncleaned-runs.queries.ts';

const api = { specs: ['test/e2e/anonymization.e2e.spec.ts'] };
const poison = { specs: ['test/integration/poison.spec.ts'] };
const report = { specs: ['test/e2e/run-report.e2e.spec.ts'] };
const worklist = { specs: ['test/e2e/worklist.e2e.spec.ts'] };
const upkeep = { specs: ['test/integration/erasure-upkeep.spec.ts'] };
const named = { specs: ['test/integration/named-records.spec.ts'] };

export default {
  specs: ['test/e2e/run-control.e2e.spec.ts'],
  mutants: [
    {
      name: 'the creator of a run starts it under four eyes',
      file: RUNS,
      find: "requireState(run, 'PREVIEWED');\n    this.requireFourEyes(run, actor);",
      replace: "requireState(run, 'PREVIEWED');",
      ...api,
      tests: 'four eyes',
    },
    {
      name: 'any number confirms a run',
      file: RUNS,
      find: 'if (ready.count !== confirmation) throw',
      replace: 'if (ready.count > confirmation) throw',
      ...api,
      tests: 'anonymization through the API of a selection freezes',
    },
    {
      name: 'two runs of a selection are active at once',
      file: RUNS,
      find: 'await this.refuseSecondRun(run);',
      replace: '',
      tests: 'control of runs allows one active run per selection',
    },
    {
      name: 'a run ends before its audit entries are anchored',
      file: RUNS,
      find: 'if ((counts.READY ?? 0) > 0 || !(await this.audit.isAnchored(runId))) return;',
      replace: 'if ((counts.READY ?? 0) > 0) return;',
      tests: 'control of runs ends a run',
    },
    {
      name: 'a run that was cancelled is completed all the same',
      file: RUNS,
      find: "if ((await this.lock(runId)).state !== 'RUNNING') return;",
      replace: 'await this.lock(runId);',
      tests: 'control of runs ends a run',
    },
    {
      name: 'a run goes on in the name of a locked administrator',
      file: 'src/modules/employee/published.ts',
      find: "WHERE active AND role = '${Role.ADMINISTRATOR}'",
      replace: "WHERE (active OR role = '${Role.ADMINISTRATOR}')",
      tests: 'a run whose administrator',
    },
    {
      name: 'who resumes a run does not stand in the labels',
      file: RUNS,
      find: "SET state = 'RUNNING', started_by = $3, working_since",
      replace: "SET state = 'RUNNING', started_by = coalesce(started_by, $3), working_since",
      tests: 'a run whose administrator',
    },
    {
      name: 'a pause uses up the lock timeout',
      file: RUNS,
      find: 'SET first_deferred_at = NULL, deferred_at = NULL',
      replace: 'SET deferred_at = NULL',
      tests: 'a paused run',
    },
    {
      name: 'a cancelled run does not cancel what is left',
      file: RUNS,
      find: "if (run?.state !== 'CANCELLING') return false;\n    await this.cancelItems(runId);",
      replace: "if (run?.state !== 'CANCELLING') return false;",
      tests: 'control of runs cancels',
    },
    {
      name: 'cancelling a run cancels what it has done',
      file: RUNS,
      find: "SET state = 'CANCELLED' WHERE run_id = $1 AND state = 'READY'`",
      replace: "SET state = 'CANCELLED' WHERE run_id = $1`",
      tests: 'control of runs cancels',
    },
    {
      name: 'a preview is judged by two workers at once',
      file: RUNS,
      find: 'const run = (await this.claimMembers(runId)) ? await this.find(runId) : undefined;',
      replace: 'const run = await this.find(runId);',
      tests: 'control of runs checks',
    },
    {
      name: 'a paused run never expires',
      file: RUNS,
      find: 'if (!(await this.claimMembers(runId)) || !(await this.isPausedTooLong(runId))) return false;',
      replace: 'if ((await this.claimMembers(runId)) || (await this.isPausedTooLong(runId))) return false;',
      tests: 'a paused run',
    },
    {
      name: 'a paused run expires a day early',
      file: STATE,
      find: 'export const PAUSE_DAYS = 7;',
      replace: 'export const PAUSE_DAYS = 6;',
      tests: 'a paused run',
    },
    {
      name: 'a pause of exactly seven days has expired',
      file: STATE,
      find: 'r.paused_at < ${instant}',
      replace: 'r.paused_at <= ${instant}',
      tests: 'a paused run',
    },
    {
      name: 'a paused run claims its next batch',
      file: CLAIM,
      find: "run.state = 'RUNNING' AND run.started_by = $3",
      replace: "run.state <> 'PAUSING' AND run.started_by = $3",
      tests: 'a run whose administrator',
    },
    {
      name: 'a batch is claimed in the name of whoever started the run before',
      file: CLAIM,
      find: 'AND run.started_by = $3)\n',
      replace: 'AND $3::uuid IS NOT NULL)\n',
      tests: 'a run whose administrator',
    },
    {
      name: 'customers whom a failed transaction gave back are never claimed again',
      file: QUEUE,
      find: 'this.lastClaimed.delete(run.id);\n    return after === NIL_UUID ? [] : this.claimFresh(run, size);',
      replace: 'return [];',
      tests: 'control of runs leaves the customers of a batch',
    },
    {
      name: 'a locked customer is given up at once',
      file: CLAIM,
      find: "state = CASE WHEN first_deferred_at < now() - $3 * interval '1 second' THEN 'FAILED' ELSE state END,",
      replace: "state = CASE WHEN first_deferred_at < now() + $3 * interval '1 second' THEN 'FAILED' ELSE state END,",
      tests: 'a customer locked',
    },
    {
      name: 'a locked customer is waited for without end',
      file: CLAIM,
      find: "state = CASE WHEN first_deferred_at < now() - $3 * interval '1 second' THEN 'FAILED' ELSE state END,",
      replace: 'state = CASE WHEN first_deferred_at IS NULL THEN state ELSE state END,',
      tests: 'a customer locked',
    },
    {
      name: 'a customer refused under the lock stays ready',
      file: QUEUE,
      find: "SET state = 'BLOCKED', blockers = $3",
      replace: 'SET blockers = $3',
      ...report,
    },
    {
      name: 'one customer who cannot be done fails the whole batch',
      file: EXECUTOR,
      find: 'if (itemIds.length === 1) return this.giveUp(run, itemIds[0]!, error);',
      replace:
        'if (itemIds.length === 1) return this.giveUp(run, itemIds[0]!, error);\n    for (const id of itemIds) await this.giveUp(run, id, error);\n    if (itemIds.length > 0) return NOTHING_DONE;',
      ...poison,
      tests: 'a run with one customer whom the database refuses: a foreign key',
    },
    {
      name: 'a connection that broke fails its customers',
      file: EXECUTOR,
      find: 'if (itemIds.length === 0 || isTransient(error)) throw error;',
      replace: 'if (itemIds.length === 0) throw error;',
      tests: 'control of runs leaves the customers of a batch',
    },
    {
      name: 'one run that fails stops the others',
      file: WORKER,
      find: 'report(error, run.id);',
      replace: 'report(error, run.id);\n        break;',
      tests: 'control of runs continues with the other runs when',
    },
    {
      name: 'a run whose administrator was locked goes on',
      file: WORKER,
      find: "if (run.state === 'RUNNING' && run.has_administrator)",
      replace: "if (run.state === 'RUNNING')",
      tests: 'a run whose administrator',
    },
    {
      name: 'blocked customers are ready',
      file: CANDIDATES,
      find: "WHEN blockers IS NOT NULL THEN 'BLOCKED'\n",
      replace: "WHEN blockers IS NULL THEN 'READY'\n",
      ...api,
      tests: 'anonymization through the API of a selection freezes',
    },
    {
      name: 'a reference that names the customer is stored',
      file: SINGLE,
      find: 'if (reference !== null && customer.anonymizedAt === null && (',
      replace: 'if (reference !== null && customer.anonymizedAt !== null && (',
      ...named,
      tests: 'a reference that names a customer is refused for one',
    },
    {
      name: 'anonymized customers stay on the worklist',
      file: WORKLIST,
      find: "const IS_OPEN = 'c.anonymized_at IS NULL AND c.merged_into_id IS NULL';",
      replace: "const IS_OPEN = 'c.merged_into_id IS NULL';",
      ...worklist,
    },
    {
      name: 'merged customers stay on the worklist',
      file: WORKLIST,
      find: "const IS_OPEN = 'c.anonymized_at IS NULL AND c.merged_into_id IS NULL';",
      replace: "const IS_OPEN = 'c.anonymized_at IS NULL';",
      ...worklist,
    },
    {
      name: 'the worklist is judged once and never again',
      file: WORKLIST,
      find: 'WHERE judged_on IS DISTINCT FROM $1 ORDER BY',
      replace: 'WHERE judged_on IS NULL AND $1::date IS NOT NULL ORDER BY',
      ...worklist,
    },
    {
      name: 'paused runs are not cleaned up after',
      file: UNCLEANED,
      find: "IN ('COMPLETED', 'CANCELLED', 'PAUSED', 'EXPIRED')`;",
      replace: "IN ('COMPLETED', 'CANCELLED', 'EXPIRED')`;",
      tests: 'a paused run',
    },
    {
      name: 'a run that went on is marked as cleaned up after',
      file: UNCLEANED,
      find: 'AND ${WAITING} AND ${STOPPED_AT} <= $3`;',
      replace: 'AND ${WAITING} AND $3::timestamptz IS NOT NULL`;',
      tests: 'a paused run',
    },
    {
      name: 'old values of a single act stay readable for good',
      file: UNCLEANED,
      find: "bool_or(r.kind = 'SELECTION' OR ${STOPPED_AT} <=",
      replace: "bool_or(r.kind = 'SELECTION' OR false AND ${STOPPED_AT} <=",
      ...upkeep,
      tests: 'the residue of a run of single anonymizations',
    },
  ],
};
