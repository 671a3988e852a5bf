import type { ModuleName } from '../../../kernel/personal-data';
import { type DataMap, type PrintedStep, renderErasure } from '../../data-map';

/** The step that does more than erase the tables of its own module. */
const CUSTOMER_STEP: PrintedStep = {
  module: 'customer',
  alsoIn: ['selection'],
  facts: ['customerNumber', 'createdAt'],
};

/** The SQL of each step for people, by module. A test compares it with what an anonymization sends. */
export function renderErasureSteps(map: DataMap): ReadonlyMap<ModuleName, string> {
  const modules = new Set(map.allCustomerTables.map(({ module }) => module));
  for (const module of CUSTOMER_STEP.alsoIn ?? []) modules.delete(module);
  const steps = [...modules].map((module) => (module === CUSTOMER_STEP.module ? CUSTOMER_STEP : { module }));
  return new Map(steps.map((step) => [step.module, renderErasure(map, step)]));
}
