import type { EffectsByCustomer } from '../../kernel/anonymization-step';
import { unionAll } from '../../platform/database/sql-text';
import type { LoggedDataMap, RecordedChanges } from '../audit';
import type { CustomerTable } from './data-map';
import { eraseTable, isCustomer, type ReplacementContext, replacementParameters } from './erasure-statements';
import { treatmentsBefore } from './logged-treatments';

/**
 * The erasure of the tables of one step, for the statement that also writes the audit entries. Per table, the statement
 * returns how many rows had to change and how many did.
 *
 * @param effects of redaction, renumbering and sealing, which have already happened
 */
export function recordedErasure(
  tables: readonly CustomerTable[],
  dataMap: LoggedDataMap,
  context: ReplacementContext,
  effects: EffectsByCustomer,
): RecordedChanges {
  return {
    name: tables.map(({ name }) => name).join(' '),
    // the customers' own rows change in a separate statement
    parameters: replacementParameters(
      tables.filter((table) => !isCustomer(table)),
      context,
    ),
    parts: (parameters) => {
      const erasures = tables.map((table) => eraseTable(table, parameters));
      return {
        queries: erasures.flatMap(({ queries }) => queries),
        counts: erasures.map(({ counts }) => counts),
        answer: unionAll(erasures.flatMap(({ check }) => check ?? [])),
      };
    },
    dataMap,
    countedBefore: treatmentsBefore(tables),
    effects,
  };
}
