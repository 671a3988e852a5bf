/** State of a field: empty, given, or one value. */
type State = 'EMPTY' | 'GIVEN' | { readonly value: string };

/** An error at a field, raised when all named fields have the given states. */
export interface FieldRule {
  readonly field: string;
  readonly code: 'REQUIRED' | 'NOT_ALLOWED';
  readonly when: Readonly<Record<string, State>>;
}

/** A customer has no two records with the same values in these fields. */
export interface UniqueRule {
  /** constraint name in the database */
  readonly constraint: string;
  readonly fields: readonly string[];
  /** the property at which a duplicate is reported */
  readonly at: string;
  /** restricts the rule to records with this value */
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

/** The rules between the fields of a record, in the order of declaration. */
export const fieldRulesOf = (entity: object): readonly FieldRule[] => rulesOf(entity).fields;
export const uniqueRulesOf = (entity: object): readonly UniqueRule[] => rulesOf(entity).unique;

const onFields =
  (...rules: readonly FieldRule[]): ClassDecorator =>
  (entity) => {
    rulesOf(entity).fields.unshift(...rules); // decorators run from the last to the first
  };

/** Requires both fields or neither. */
export const RequiredTogether = (one: string, other: string) =>
  onFields(
    { field: one, code: 'REQUIRED', when: { [one]: 'EMPTY', [other]: 'GIVEN' } },
    { field: other, code: 'REQUIRED', when: { [one]: 'GIVEN', [other]: 'EMPTY' } },
  );

/** Requires the field when another one has this value. */
export const RequiredWhen = (field: string, other: string, value: string) =>
  onFields({ field, code: 'REQUIRED', when: { [other]: { value }, [field]: 'EMPTY' } });

/** Requires the field to be empty when another one has this value. */
export const NotAllowedWhen = (field: string, other: string, value: string) =>
  onFields({ field, code: 'NOT_ALLOWED', when: { [other]: { value }, [field]: 'GIVEN' } });

/** Allows at most one record of a customer with these values. */
export const UniqueOfCustomer =
  (rule: UniqueRule): ClassDecorator =>
  (entity) => {
    rulesOf(entity).unique.push(rule);
  };

/** The first rule that the fields violate. */
export const brokenRule = (entity: object, fields: object): FieldRule | undefined =>
  fieldRulesOf(entity).find(({ when }) =>
    Object.entries(when).every(([field, state]) => isIn((fields as Record<string, unknown>)[field] ?? null, state)),
  );

function isIn(value: unknown, state: State): boolean {
  if (state === 'EMPTY') return value === null;
  if (state === 'GIVEN') return value !== null;
  return value === state.value;
}
