import { type Identifier, Redactor } from '../../libraries/redaction';

const redactors = new WeakMap<readonly Identifier[], Redactor>();

/** The redactor for a customer's identifiers, compiled once for all texts and the proof. */
export function redactorOf(identifiers: readonly Identifier[]): Redactor {
  const redactor = redactors.get(identifiers) ?? new Redactor(identifiers);
  redactors.set(identifiers, redactor);
  return redactor;
}
