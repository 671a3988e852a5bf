/** What a field holds: nothing, anything, or one value. */
type State = 'EMPTY' | 'GIVEN' | { readonly value: string };

/** An error at a field when all fields named are as stated. */
export interface FieldRule {
  readonly field: string;
  readonly code: 'REQUIRED' | 'NOT_ALLOWED';
  readonly when: Readonly<Record<string, State>>;
}

/** No two records of an owner, which is a customer or an invoice, agree in all these fields. */
export interface UniqueRule {
  /** in the database */
  readonly constraint: string;
  readonly fields: readonly string[];
  /** the property at which a second record is reported */
  readonly at: string;
  /** only records that have this value there */
  readonly when?: { readonly field: string; readonly value: string };
}

interface Rules {
  readonly fields: FieldRule[];
  readonly unique: UniqueRule[];
}

const declared = new Map<object, Rules>();

function rulesOf(entity: object): Rules {
  let rules = declared.get(entity);
  if (rules === undefined) declared.set(entity, (rules = { fields: [], unique: [] }));
  return rules;
}

/** The rules between the fields of a record, in the order in which they are stated. */
export const fieldRulesOf = (entity: object): readonly FieldRule[] => rulesOf(entity).fields;
export const uniqueRulesOf = (entity: object): readonly UniqueRule[] => rulesOf(entity).unique;

const onFields =
  (...rules: readonly FieldRule[]): ClassDecorator =>
  (entity) => {
    rulesOf(entity).fields.unshift(...rules); // decorators run from the last one up
  };

/** Neither of the two is given without the other. */
export const RequiredTogether = (one: string, other: string) =>
  onFields(
    { field: one, code: 'REQUIRED', when: { [one]: 'EMPTY', [other]: 'GIVEN' } },
    { field: other, code: 'REQUIRED', when: { [one]: 'GIVEN', [other]: 'EMPTY' } },
  );

/** The field must be given when another one has this value. */
export const RequiredWhen = (field: string, other: string, value: string) =>
  onFields({ field, code: 'REQUIRED', when: { [other]: { value }, [field]: 'EMPTY' } });

/** The field must be empty when another one has this value. */
export const NotAllowedWhen = (field: string, other: string, value: string) =>
  onFields({ field, code: 'NOT_ALLOWED', when: { [other]: { value }, [field]: 'GIVEN' } });

/** The customer has at most one record with these values, or the invoice at most one such part. */
export const UniqueOfOwner =
  (rule: UniqueRule): ClassDecorator =>
  (entity) => {
    rulesOf(entity).unique.push(rule);
  };

/** The first rule that the fields break. */
export const brokenRule = (entity: object, fields: object): FieldRule | undefined =>
  fieldRulesOf(entity).find(({ when }) =>
    Object.entries(when).every(([field, state]) => isIn((fields as Record<string, unknown>)[field] ?? null, state)),
  );

function isIn(value: unknown, state: State): boolean {
  if (state === 'EMPTY') return value === null;
  if (state === 'GIVEN') return value !== null;
  return value === state.value;
}
