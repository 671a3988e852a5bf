import { LoggedDataMap, type MappedTreatment } from '../audit';
import type { CustomerTable, DataMap } from './data-map';
import { countedTreatments, treatmentOf } from './erasure-statements';
import { redactedColumns } from './text-statements';
import { numberTreatments } from './named-numbers';
import { reapplications } from './reapplication-statements';

/** Everything that an anonymization can do to the customers' tables, in the order in which effects are reported. */
export function loggedDataMap({ allCustomerTables: tables }: DataMap): LoggedDataMap {
  const treatments = [
    ...tables.flatMap((table) => countedTreatments(table).map((treatment) => treatmentOf(table, treatment))),
    ...treatmentsBefore(tables),
  ];
  const known = new Set(treatments.map(({ table, treatment }) => `${table} ${treatment}`));
  return new LoggedDataMap([
    ...treatments,
    ...tables.flatMap(reappliedTreatments).filter(({ table, treatment }) => !known.has(`${table} ${treatment}`)),
  ]);
}

/** Treatments whose rows are counted before the statement that writes the entries. */
export const treatmentsBefore = (tables: readonly CustomerTable[]): MappedTreatment[] => [
  ...tables.filter((table) => redactedColumns(table) > 0).map((table) => treatmentOf(table, 'REDACT')),
  ...tables.flatMap(numberTreatments),
  ...tables.flatMap(copyTreatment),
];

/** Sealed copies of the rows. */
const copyTreatment = ({ module, name, rule: { sealed } }: CustomerTable): MappedTreatment[] =>
  sealed === undefined ? [] : [{ module, table: name, treatment: 'SEAL', reason: sealed.ground.reason }];

/** A reapplication reports replaced values as erased. */
const reappliedTreatments = (table: CustomerTable): MappedTreatment[] =>
  [...new Set(reapplications(table, '').map(({ treatment }) => treatment))].map((treatment) => ({
    module: table.module,
    table: table.name,
    treatment,
  }));
