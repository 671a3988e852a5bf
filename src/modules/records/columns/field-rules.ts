import { invalid } from '../../../platform/http/validation.pipe';

export const EMPTY = Symbol('empty');
export const GIVEN = Symbol('given');

/** States of fields: empty, given, or one value. */
type States = Readonly<Record<string, typeof EMPTY | typeof GIVEN | string>>;

/** An error at a field, raised when all named fields have the given states. */
export interface FieldRule {
  readonly field: string;
  readonly code: 'REQUIRED' | 'NOT_ALLOWED';
  readonly when: States;
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

const required = (field: string, others: States): FieldRule => ({
  field,
  code: 'REQUIRED',
  when: { ...others, [field]: EMPTY },
});

/** Requires the field when the others have these states. */
export const RequiredWhen = (field: string, others: States) => onFields(required(field, others));

/** Requires both fields or neither. */
export const RequiredTogether = (one: string, other: string) =>
  onFields(required(one, { [other]: GIVEN }), required(other, { [one]: GIVEN }));

/** Requires the field to be empty when the others have these states. */
export const NotAllowedWhen = (field: string, others: States) =>
  onFields({ field, code: 'NOT_ALLOWED', when: { ...others, [field]: GIVEN } });

/** Allows at most one record of a customer with these values. */
export const UniqueOfOwner =
  (rule: UniqueRule): ClassDecorator =>
  (entity) => {
    rulesOf(entity).unique.push(rule);
  };

/**
 * Checks the rules between the fields of a record.
 *
 * @throws DomainError `VALIDATION_FAILED` for the first rule that the fields violate
 */
export function requireRules(entity: object, fields: object): void {
  const given = fields as Readonly<Record<string, unknown>>;
  const violated = fieldRulesOf(entity).find(({ when }) =>
    Object.entries(when).every(([field, state]) => {
      const value = given[field] ?? null;
      if (state === EMPTY) return value === null;
      return state === GIVEN ? value !== null : value === state;
    }),
  );
  if (violated !== undefined) throw invalid(violated.field, violated.code);
}
