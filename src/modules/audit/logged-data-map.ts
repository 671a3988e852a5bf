import { canonicalize } from 'json-canonicalize';
import type { Effect } from '../../kernel/anonymization-step';
import type { ModuleName, Treatment } from '../../kernel/personal-data';
import { digestOf, keyOf, type TableTreatment } from './short-effects';

/** A treatment in the data map of this version. */
export type MappedTreatment = TableTreatment<ModuleName, Treatment>;

/** The data map of this version as far as entries depend on it: everything that an anonymization can do to a table. */
export class LoggedDataMap {
  readonly digest: string;
  private readonly keys: ReadonlyMap<string, string>;

  /**
   * @param treatments in the order in which effects are reported
   * @throws Error when two treatments of a table have the same key
   */
  constructor(readonly treatments: readonly MappedTreatment[]) {
    this.digest = digestOf(JSON.parse(canonicalize(treatments)));
    this.keys = new Map(treatments.map((treatment) => [identityOf(treatment), keyOf(treatment)]));
    const names = treatments.map(nameOf);
    const doubled = names.find((name, index) => names.indexOf(name) !== index);
    if (doubled !== undefined) throw new Error(`Two treatments are called ${doubled}`);
  }

  /** The key under which an entry counts an effect. */
  keyOf(effect: Effect): string {
    const key = this.keys.get(identityOf(effect));
    if (key === undefined) throw new Error(`The data map has no treatment ${identityOf(effect)}`);
    return key;
  }
}

/** Unique within a data map. */
export const nameOf = (treatment: MappedTreatment): string => `${treatment.table} ${keyOf(treatment)}`;

const identityOf = ({ table, treatment, reason }: TableTreatment): string =>
  [table, treatment, ...(reason === undefined ? [] : [reason])].join(' ');
