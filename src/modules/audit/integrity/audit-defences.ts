import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { TRIPWIRE_DIGEST, TRIPWIRES } from '../../../platform/database/tripwire';
import { DEFENCE_FACTS, type DefenceFact } from '../queries/defence-facts.queries';
import { EXPECTED_DEFENCES } from './expected-defences';

/** A database object that differs from what the migrations created. */
export interface Deviation {
  readonly kind: 'MISSING' | 'CHANGED' | 'ADDED';
  /** names of database objects only */
  readonly object: string;
}

const TRIPWIRE_FACTS: readonly DefenceFact[] = Object.entries(TRIPWIRES).map(([event, name]) => ({
  object: `event trigger ${name}`,
  fact: `${event}, A, ${TRIPWIRE_DIGEST}`,
}));

export const isTripwire = ({ object }: Deviation): boolean => TRIPWIRE_FACTS.some((fact) => fact.object === object);

/** Compares the facts of the catalogues with those that the migrations created. */
export function deviationsOf(found: readonly DefenceFact[]): Deviation[] {
  const expected = factsByObject([...EXPECTED_DEFENCES, ...TRIPWIRE_FACTS]);
  const actual = factsByObject(found);
  const objects = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  return objects.flatMap((object): Deviation[] => {
    const [should, is] = [expected.get(object), actual.get(object)];
    if (should === is) return [];
    return [{ kind: is === undefined ? 'MISSING' : should === undefined ? 'ADDED' : 'CHANGED', object }];
  });
}

/** Groups facts by object. Several facts of one object, such as the grants of two grantors, count as one. */
function factsByObject(facts: readonly DefenceFact[]): Map<string, string> {
  const byObject = new Map<string, string>();
  for (const { object, fact } of facts)
    byObject.set(object, byObject.has(object) ? `${byObject.get(object)}\n${fact}` : fact);
  return byObject;
}

/**
 * Checks whether the database still has the defences that the migrations created: owners, triggers, functions,
 * constraints, grants, roles. An owner or a superuser can remove these. The verification of the log then finds what
 * they did to the entries.
 */
@Injectable()
export class AuditDefences {
  constructor(private readonly transaction: TransactionRunner) {}

  deviations(): Promise<Deviation[]> {
    return this.transaction.run(async () => deviationsOf(await this.transaction.query<DefenceFact>(DEFENCE_FACTS)));
  }
}
