import { type Identifier, valuesIn } from '../../libraries/redaction';

/**
 * The identifying values of one customer. Copied names are kept separately, because they may belong to another person.
 * A copy of the customer's own full name or company is ignored.
 */
export class OwnIdentifiers {
  private readonly own = new Map<string, Identifier>();
  private readonly copies = new Set<string>();

  add(identifier: Identifier): void {
    if (identifier.kind === 'COPIED_NAME') this.copies.add(identifier.value);
    else this.own.set(`${identifier.kind} ${identifier.value}`, identifier);
  }

  /** The copied names that are not the customer's own, as single names. */
  get copiedNames(): string[] {
    return this.foreignCopies().flatMap(namesIn);
  }

  /**
   * @param namesOfOthers those of {@link copiedNames} that are names of cost bearers, branches, employees or articles
   */
  identifiers(namesOfOthers: ReadonlySet<string>): Identifier[] {
    const copied = this.foreignCopies().flatMap((cell): readonly Identifier[] => {
      const values = valuesIn('COPIED_NAME', cell);
      if (!values.some(({ value }) => namesOfOthers.has(value))) return [{ kind: 'COPIED_NAME', value: cell }];
      // the whole cell would be split again
      return values.filter(({ value }) => value !== cell && !namesOfOthers.has(value));
    });
    return [...this.own.values(), ...copied];
  }

  private foreignCopies(): string[] {
    if (this.copies.size === 0) return [];
    const names = new Set<string>();
    const values = [...this.own.values()];
    const [firsts, lasts] = [values.filter(isFirstName), values.filter(isLastName)];
    if (firsts.length * lasts.length <= MAX_NAME_PAIRS)
      for (const { value: first } of firsts)
        for (const { value: last } of lasts) names.add(`${first} ${last}`).add(`${last}, ${first}`);
    for (const { kind, value } of values) if (kind === 'COMPANY_NAME' || isLastName({ kind, value })) names.add(value);
    return [...this.copies].filter((copy) => !names.has(copy));
  }
}

/** Above this number of combinations, copies are not compared with the customer's own full names. */
const MAX_NAME_PAIRS = 100;

const isFirstName = ({ kind }: Identifier) => kind === 'FIRST_NAME';
const isLastName = ({ kind }: Identifier) => kind === 'LAST_NAME' || kind === 'BIRTH_NAME';
const namesIn = (cell: string) =>
  valuesIn('COPIED_NAME', cell).flatMap(({ kind, value }) => (kind === 'COPIED_NAME' ? [value] : []));
